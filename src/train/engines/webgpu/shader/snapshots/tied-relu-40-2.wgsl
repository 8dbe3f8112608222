// 40 → 2 identity → 40 relu, tied, mse, 40 samples (diagonal), 3 × 40 lanes, by pairs
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
var<workgroup> weight0: array<vec2f, 240>;
var<workgroup> squares: array<f32, 120>;
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
  var side = 0u;
  if (loaded) {
    if (lane < 40u) {
      let i = lane;
      weight0[team * 80u + i] = vec2f(parameters[seed * 80u + 0u + 0u + i], parameters[seed * 80u + 0u + 40u + i]);
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
    let old = side * 40u;
    let fresh = 40u - old;
    if (alive) {
      if (lane < 40u) {
        let i = lane;
        var w = vec2f();
        var g = vec2f();
        w = weight0[team * 80u + old + i];
        for (var j = 0u; j < 40u; j++) {
          let z = dot(w, weight0[team * 80u + old + j]);
          let e = max(z, 0.0);
          g += e * weight0[team * 80u + old + j];
        }
        // Only j = i was asked for 1.
        {
          let z = dot(w, w);
          let e = select(0.0, -1.0, z > 0.0);
          g += e * w;
        }
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec2f(weight0[team * 80u + old + i]);
          }
        } else {
          weight0[team * 80u + fresh + i] = weight0[team * 80u + old + i] - rate * g;
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
      side = select(side, 1u - side, alive);
      workgroupBarrier();
    }
  }
  if (loaded) {
    if (lane < 40u) {
      let i = lane;
      parameters[seed * 80u + 0u + 0u + i] = weight0[team * 80u + side * 40u + i][0u];
      parameters[seed * 80u + 0u + 40u + i] = weight0[team * 80u + side * 40u + i][1u];
    }
  }
}
