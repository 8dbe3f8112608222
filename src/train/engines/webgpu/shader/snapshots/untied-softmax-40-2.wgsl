// 40 → 2 identity → 40 identity, cross-entropy, 40 samples (diagonal), 3 × 40 lanes
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
var<workgroup> weight0: array<vec2f, 120>;
var<workgroup> weight1: array<vec2f, 120>;
var<workgroup> squares: array<f32, 120>;
var<workgroup> output0: array<vec2f, 120>;
var<workgroup> delta0: array<vec2f, 120>;
var<workgroup> norm: array<vec2f, 120>;
var<workgroup> alives: array<u32, 3>;
var<workgroup> busy: u32;
fn broken_f32(x: f32) -> bool {
  return (bitcast<u32>(x) & u32(0x7f800000u)) == u32(0x7f800000u);
}
fn broken_vec2f(x: vec2f) -> bool {
  return any((bitcast<vec2u>(x) & vec2u(0x7f800000u)) == vec2u(0x7f800000u));
}
@compute @workgroup_size(120)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let team = index / 40u;
  let lane = index % 40u;
  let seed = group.x * 3u + team;
  var alive = seed < stretch.seeds;
  if (alive) {
    alive = ended[seed] == 0u;
  }
  let loaded = alive;
  if (loaded) {
    if (lane < 40u) {
      let i = lane;
      weight0[team * 40u + i] = vec2f(parameters[seed * 160u + 0u + 0u + i], parameters[seed * 160u + 0u + 40u + i]);
    }
    if (lane < 40u) {
      let i = lane;
      weight1[team * 40u + i] = vec2f(parameters[seed * 160u + 80u + i * 2u + 0u], parameters[seed * 160u + 80u + i * 2u + 1u]);
    }
  }
  if (lane == 0u) {
    alives[team] = u32(alive);
  }
  workgroupBarrier();
  if (index == 0u) {
    busy = 0u;
    for (var i = 0u; i < 3u; i++) {
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
    if (alive) {
      if (lane < 40u) {
        let s = lane;
        var sum0 = vec2f();
        sum0 += weight0[team * 40u + s];
        var top = -3.4e38;
        for (var k = 0u; k < 40u; k++) {
          let z = dot(weight1[team * 40u + k], sum0);
          top = max(top, z);
        }
        var below0 = vec2f();
        var asked = vec2f();
        var total = 0.0;
        for (var k = 0u; k < 40u; k++) {
          let z = dot(weight1[team * 40u + k], sum0);
          let p = exp(z - top);
          total += p;
          below0 += p * weight1[team * 40u + k];
        }
        {
          let z = dot(weight1[team * 40u + s], sum0);
          let t = 1.0;
          asked += t * weight1[team * 40u + s];
        }
        let unit = 1.0 / total;
        below0 = (unit * below0 - asked);
        norm[team * 40u + s] = vec2f(top, unit);
        delta0[team * 40u + s] = below0;
        output0[team * 40u + s] = sum0;
      }
    }
    workgroupBarrier();
    if (alive) {
      if (lane < 40u) {
        let k = lane;
        var w = vec2f();
        w = weight1[team * 40u + k];
        var g = vec2f();
        for (var s = 0u; s < 40u; s++) {
          let z = dot(w, output0[team * 40u + s]);
          let e = (exp(z - norm[team * 40u + s][0u]) * norm[team * 40u + s][1u]);
          g += e * output0[team * 40u + s];
        }
        {
          let e = (-1.0);
          g += e * output0[team * 40u + k];
        }
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec2f(weight1[team * 40u + k]);
          }
        } else {
          weight1[team * 40u + k] = weight1[team * 40u + k] - rate * g;
        }
      }
      if (lane < 40u) {
        let j = lane;
        var g = vec2f();
        g += delta0[team * 40u + j];
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec2f(weight0[team * 40u + j]);
          }
        } else {
          weight0[team * 40u + j] = weight0[team * 40u + j] - rate * g;
        }
      }
    }
    if (measuring) {
      squares[index] = select(square, -1.0, broken);
      workgroupBarrier();
      if (alive) {
        var total = 0.0;
        for (var i = 0u; i < 40u; i++) {
          let part = squares[team * 40u + i];
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
        for (var i = 0u; i < 3u; i++) {
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
    if (lane < 40u) {
      let i = lane;
      parameters[seed * 160u + 0u + 0u + i] = weight0[team * 40u + i][0u];
      parameters[seed * 160u + 0u + 40u + i] = weight0[team * 40u + i][1u];
    }
    if (lane < 40u) {
      let i = lane;
      parameters[seed * 160u + 80u + i * 2u + 0u] = weight1[team * 40u + i][0u];
      parameters[seed * 160u + 80u + i * 2u + 1u] = weight1[team * 40u + i][1u];
    }
  }
}
