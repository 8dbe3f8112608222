// 7 → 2 identity → 7 relu, tied, unit norm, mse, 7 samples (diagonal), 9 × 7 lanes
struct Stretch {
  start: u32,
  begin: u32,
  finish: u32,
  seeds: u32,
  every: u32,
  tolerance: f32,
}
@group(0) @binding(0) var<uniform> stretch: Stretch;
@group(0) @binding(1) var<storage, read> rates: array<f32>;
@group(0) @binding(2) var<storage, read> data: array<f32>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> ended: array<u32>;
var<workgroup> weight0: array<vec2f, 63>;
var<workgroup> scale: array<f32, 9>;
var<workgroup> squares: array<f32, 63>;
var<workgroup> output0: array<vec2f, 63>;
var<workgroup> delta0: array<vec2f, 63>;
var<workgroup> scales: array<f32, 63>;
var<workgroup> alives: array<u32, 9>;
var<workgroup> busy: u32;
fn broken_f32(x: f32) -> bool {
  return (bitcast<u32>(x) & u32(0x7f800000u)) == u32(0x7f800000u);
}
fn broken_vec2f(x: vec2f) -> bool {
  return any((bitcast<vec2u>(x) & vec2u(0x7f800000u)) == vec2u(0x7f800000u));
}
@compute @workgroup_size(63)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let team = index / 7u;
  let lane = index % 7u;
  let seed = group.x * 9u + team;
  var alive = seed < stretch.seeds;
  if (alive) {
    alive = ended[seed] == 0u;
  }
  let loaded = alive;
  if (loaded) {
    if (lane < 7u) {
      let i = lane;
      weight0[team * 7u + i] = vec2f(parameters[seed * 15u + 0u + 0u + i], parameters[seed * 15u + 0u + 7u + i]);
    }
    if (lane < 1u) {
      let i = lane;
      scale[team * 1u + i] = parameters[seed * 15u + 14u + i * 1u + 0u];
    }
  }
  if (lane == 0u) {
    alives[team] = u32(alive);
  }
  workgroupBarrier();
  if (index == 0u) {
    busy = 0u;
    for (var i = 0u; i < 9u; i++) {
      busy += alives[i];
    }
  }
  var running = workgroupUniformLoad(&busy);
  var step = stretch.begin;
  var looked = false;
  while (step < stretch.finish && running > 0u) {
    // A look measures the gradient where the step starts; if the seed goes on, the step comes with the next turn.
    let measuring = stretch.every > 0u && !looked && step > stretch.start && step % max(stretch.every, 1u) == 0u;
    let rate = rates[step];
    var square = 0.0;
    var broken = false;
    let factor = scale[team * 1u + 0u];
    if (alive) {
      if (lane < 7u) {
        let s = lane;
        var sum0 = vec2f();
        sum0 += weight0[team * 7u + s];
        var below0 = vec2f();
        var scaled = 0.0;
        for (var k = 0u; k < 7u; k++) {
          let z = dot(weight0[team * 7u + k], sum0);
          let y = max(z, f32());
          let slope = select(f32(), f32(1.0), z > f32());
          let error = factor * y;
          let part = error * y;
          let e = error * factor * slope;
          scaled += part;
          below0 += e * weight0[team * 7u + k];
        }
        {
          let z = dot(weight0[team * 7u + s], sum0);
          let y = max(z, f32());
          let slope = select(f32(), f32(1.0), z > f32());
          let error = -1.0;
          let part = error * y;
          let e = error * factor * slope;
          scaled += part;
          below0 += e * weight0[team * 7u + s];
        }
        scales[team * 7u + s] = scaled;
        delta0[team * 7u + s] = below0;
        output0[team * 7u + s] = sum0;
      }
    }
    workgroupBarrier();
    if (alive) {
      if (lane < 7u) {
        let k = lane;
        var w = vec2f();
        w = weight0[team * 7u + k];
        var g = vec2f();
        for (var s = 0u; s < 7u; s++) {
          let z = dot(w, output0[team * 7u + s]);
          let y = max(z, f32());
          let slope = select(f32(), f32(1.0), z > f32());
          let error = factor * y;
          let part = error * y;
          let e = error * factor * slope;
          g += e * output0[team * 7u + s];
        }
        {
          let z = dot(w, output0[team * 7u + k]);
          let y = max(z, f32());
          let slope = select(f32(), f32(1.0), z > f32());
          let error = -1.0;
          let part = error * y;
          let e = error * factor * slope;
          g += e * output0[team * 7u + k];
        }
        g += delta0[team * 7u + k];
        if (measuring) {
          let radial = dot(g, weight0[team * 7u + k]);
          {
            let x = g - radial * weight0[team * 7u + k];
            square += dot(x, x);
            broken |= broken_vec2f(weight0[team * 7u + k]);
          }
        } else {
          g = weight0[team * 7u + k] - rate * g;
          let size = dot(g, g);
          weight0[team * 7u + k] = g / sqrt(size);
        }
      }
      if (lane == 2u) {
        var g = f32();
        for (var s = 0u; s < 7u; s++) {
          g += scales[team * 7u + s];
        }
        if (measuring) {
          {
            let x = g;
            square += x * x;
            broken |= broken_f32(scale[team * 1u + 0u]);
          }
        } else {
          scale[team * 1u + 0u] = scale[team * 1u + 0u] - rate * g;
        }
      }
    }
    if (measuring) {
      squares[index] = select(square, -1.0, broken);
      workgroupBarrier();
      if (alive) {
        var total = 0.0;
        for (var i = 0u; i < 7u; i++) {
          let part = squares[team * 7u + i];
          total += part;
          broken |= part < 0.0;
        }
        if (broken || (!broken_f32(total) && total <= stretch.tolerance)) {
          alive = false;
          if (lane == 0u) {
            ended[seed] = step;
          }
        }
      }
      if (lane == 0u) {
        alives[team] = u32(alive);
      }
      workgroupBarrier();
      if (index == 0u) {
        busy = 0u;
        for (var i = 0u; i < 9u; i++) {
          busy += alives[i];
        }
      }
      running = workgroupUniformLoad(&busy);
      looked = true;
    } else {
      step++;
      looked = false;
      workgroupBarrier();
    }
  }
  if (loaded) {
    if (lane < 7u) {
      let i = lane;
      parameters[seed * 15u + 0u + 0u + i] = weight0[team * 7u + i][0u];
      parameters[seed * 15u + 0u + 7u + i] = weight0[team * 7u + i][1u];
    }
    if (lane < 1u) {
      let i = lane;
      parameters[seed * 15u + 14u + i * 1u + 0u] = scale[team * 1u + i];
    }
  }
}
