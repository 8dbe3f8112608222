// 20 → 3 identity → 20 gelu + bias, tied, mse, 20 samples (diagonal), 3 × 20 lanes, by pairs
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
var<workgroup> weight0: array<vec3f, 120>;
var<workgroup> bias1: array<f32, 120>;
var<workgroup> squares: array<f32, 60>;
var<workgroup> alives: array<u32, 3>;
var<workgroup> busy: u32;
fn broken_f32(x: f32) -> bool {
  return (bitcast<u32>(x) & u32(0x7f800000u)) == u32(0x7f800000u);
}
fn broken_vec3f(x: vec3f) -> bool {
  return any((bitcast<vec3u>(x) & vec3u(0x7f800000u)) == vec3u(0x7f800000u));
}
fn density_f32(x: f32) -> f32 {
  return exp(x * x * -0.5) * 0.3989422804;
}
fn cumulative_f32(x: f32, density: f32) -> f32 {
  let t = (abs(x) - 2.5) / (abs(x) + 2.5);
  var y = f32(-0.0003923951257);
  y = y * t + f32(-0.0008292844459);
  y = y * t + f32(0.002010958143);
  y = y * t + f32(0.007375420615);
  y = y * t + f32(-0.01283087812);
  y = y * t + f32(-0.06153312351);
  y = y * t + f32(0.2835880332);
  y = y * t + f32(-0.5716862139);
  y = y * t + f32(0.3542651343);
  let tail = density * y;
  return select(1.0 - tail, tail, x < f32());
}
fn density_vec3f(x: vec3f) -> vec3f {
  return exp(x * x * -0.5) * 0.3989422804;
}
fn cumulative_vec3f(x: vec3f, density: vec3f) -> vec3f {
  let t = (abs(x) - 2.5) / (abs(x) + 2.5);
  var y = vec3f(-0.0003923951257);
  y = y * t + vec3f(-0.0008292844459);
  y = y * t + vec3f(0.002010958143);
  y = y * t + vec3f(0.007375420615);
  y = y * t + vec3f(-0.01283087812);
  y = y * t + vec3f(-0.06153312351);
  y = y * t + vec3f(0.2835880332);
  y = y * t + vec3f(-0.5716862139);
  y = y * t + vec3f(0.3542651343);
  let tail = density * y;
  return select(1.0 - tail, tail, x < vec3f());
}
@compute @workgroup_size(60)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let team = index / 20u;
  let lane = index % 20u;
  let seed = group.x * 3u + team;
  var alive = seed < stretch.seeds;
  if (alive) {
    alive = ended[seed] == 0u;
  }
  let loaded = alive;
  var side = 0u;
  if (loaded) {
    if (lane < 20u) {
      let i = lane;
      weight0[team * 40u + i] = vec3f(parameters[seed * 80u + 0u + 0u + i], parameters[seed * 80u + 0u + 20u + i], parameters[seed * 80u + 0u + 40u + i]);
    }
    if (lane < 20u) {
      let i = lane;
      bias1[team * 40u + i] = parameters[seed * 80u + 60u + i * 1u + 0u];
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
    let old = side * 20u;
    let fresh = 20u - old;
    if (alive) {
      if (lane < 20u) {
        let i = lane;
        var w = vec3f();
        var g = vec3f();
        w = weight0[team * 40u + old + i];
        let b = bias1[team * 40u + old + i];
        var gb = 0.0;
        for (var j = 0u; j < 20u; j++) {
          let product = dot(w, weight0[team * 40u + old + j]);
          let z = product + bias1[team * 40u + old + j];
          let density_y = density_f32(z);
          let below_y = cumulative_f32(z, density_y);
          let y = z * below_y;
          let slope = below_y + z * density_y;
          let e = y * slope;
          let there = e;
          {
            let z = product + b;
            let density_y = density_f32(z);
            let below_y = cumulative_f32(z, density_y);
            let y = z * below_y;
            let slope = below_y + z * density_y;
            let e = y * slope;
            let both = there + e;
            g += both * weight0[team * 40u + old + j];
            gb += e;
          }
        }
        // Only j = i was asked for 1.
        {
          let z = dot(w, w) + b;
          let density_y = density_f32(z);
          let below_y = cumulative_f32(z, density_y);
          let y = z * below_y;
          let slope = below_y + z * density_y;
          let e = -1.0 * slope;
          let twice = 2.0 * e;
          g += twice * w;
          gb += e;
        }
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec3f(weight0[team * 40u + old + i]);
          }
        } else {
          weight0[team * 40u + fresh + i] = weight0[team * 40u + old + i] - rate * g;
        }
        if (measuring) {
          {
            let x = gb;
            square += x * x;
            broken |= broken_f32(bias1[team * 40u + old + i]);
          }
        } else {
          bias1[team * 40u + fresh + i] = bias1[team * 40u + old + i] - rate * gb;
        }
      }
    }
    if (measuring) {
      squares[index] = select(square, -1.0, broken);
      workgroupBarrier();
      if (alive) {
        var total = 0.0;
        for (var i = 0u; i < 20u; i++) {
          let part = squares[team * 20u + i];
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
      side = select(side, 1u - side, alive);
      workgroupBarrier();
    }
  }
  if (loaded) {
    if (lane < 20u) {
      let i = lane;
      parameters[seed * 80u + 0u + 0u + i] = weight0[team * 40u + side * 20u + i][0u];
      parameters[seed * 80u + 0u + 20u + i] = weight0[team * 40u + side * 20u + i][1u];
      parameters[seed * 80u + 0u + 40u + i] = weight0[team * 40u + side * 20u + i][2u];
    }
    if (lane < 20u) {
      let i = lane;
      parameters[seed * 80u + 60u + i * 1u + 0u] = bias1[team * 40u + side * 20u + i];
    }
  }
}
