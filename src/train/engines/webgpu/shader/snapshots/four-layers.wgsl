// 5 → 8 identity + bias → 3 relu + bias → 8 gelu + bias → 5 relu + bias, tied, mse, 5 samples (diagonal), 4 × 8 lanes
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
var<workgroup> weight0: array<vec4f, 40>;
var<workgroup> bias0: array<vec4f, 8>;
var<workgroup> weight1: array<vec4f, 24>;
var<workgroup> bias1: array<vec3f, 4>;
var<workgroup> weight2: array<vec3f, 32>;
var<workgroup> bias2: array<vec4f, 8>;
var<workgroup> bias3: array<f32, 20>;
var<workgroup> squares: array<f32, 32>;
var<workgroup> output0: array<vec4f, 40>;
var<workgroup> delta0: array<vec4f, 40>;
var<workgroup> output1: array<vec3f, 20>;
var<workgroup> delta1: array<vec3f, 20>;
var<workgroup> output2: array<vec4f, 40>;
var<workgroup> delta2: array<vec4f, 40>;
var<workgroup> alives: array<u32, 4>;
var<workgroup> busy: u32;
fn broken_f32(x: f32) -> bool {
  return (bitcast<u32>(x) & u32(0x7f800000u)) == u32(0x7f800000u);
}
fn broken_vec3f(x: vec3f) -> bool {
  return any((bitcast<vec3u>(x) & vec3u(0x7f800000u)) == vec3u(0x7f800000u));
}
fn broken_vec4f(x: vec4f) -> bool {
  return any((bitcast<vec4u>(x) & vec4u(0x7f800000u)) == vec4u(0x7f800000u));
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
fn density_vec4f(x: vec4f) -> vec4f {
  return exp(x * x * -0.5) * 0.3989422804;
}
fn cumulative_vec4f(x: vec4f, density: vec4f) -> vec4f {
  let t = (abs(x) - 2.5) / (abs(x) + 2.5);
  var y = vec4f(-0.0003923951257);
  y = y * t + vec4f(-0.0008292844459);
  y = y * t + vec4f(0.002010958143);
  y = y * t + vec4f(0.007375420615);
  y = y * t + vec4f(-0.01283087812);
  y = y * t + vec4f(-0.06153312351);
  y = y * t + vec4f(0.2835880332);
  y = y * t + vec4f(-0.5716862139);
  y = y * t + vec4f(0.3542651343);
  let tail = density * y;
  return select(1.0 - tail, tail, x < vec4f());
}
@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let team = index / 8u;
  let lane = index % 8u;
  let seed = group.x * 4u + team;
  var alive = seed < stretch.seeds;
  if (alive) {
    alive = ended[seed] == 0u;
  }
  let loaded = alive;
  if (loaded) {
    if (lane < 5u) {
      let i = lane;
      weight0[(team * 5u + i) * 2u + 0u] = vec4f(parameters[seed * 112u + 0u + 0u + i], parameters[seed * 112u + 0u + 5u + i], parameters[seed * 112u + 0u + 10u + i], parameters[seed * 112u + 0u + 15u + i]);
      weight0[(team * 5u + i) * 2u + 1u] = vec4f(parameters[seed * 112u + 0u + 20u + i], parameters[seed * 112u + 0u + 25u + i], parameters[seed * 112u + 0u + 30u + i], parameters[seed * 112u + 0u + 35u + i]);
    }
    if (lane < 1u) {
      let i = lane;
      bias0[(team * 1u + i) * 2u + 0u] = vec4f(parameters[seed * 112u + 40u + i * 8u + 0u], parameters[seed * 112u + 40u + i * 8u + 1u], parameters[seed * 112u + 40u + i * 8u + 2u], parameters[seed * 112u + 40u + i * 8u + 3u]);
      bias0[(team * 1u + i) * 2u + 1u] = vec4f(parameters[seed * 112u + 40u + i * 8u + 4u], parameters[seed * 112u + 40u + i * 8u + 5u], parameters[seed * 112u + 40u + i * 8u + 6u], parameters[seed * 112u + 40u + i * 8u + 7u]);
    }
    if (lane < 3u) {
      let i = lane;
      weight1[(team * 3u + i) * 2u + 0u] = vec4f(parameters[seed * 112u + 48u + i * 8u + 0u], parameters[seed * 112u + 48u + i * 8u + 1u], parameters[seed * 112u + 48u + i * 8u + 2u], parameters[seed * 112u + 48u + i * 8u + 3u]);
      weight1[(team * 3u + i) * 2u + 1u] = vec4f(parameters[seed * 112u + 48u + i * 8u + 4u], parameters[seed * 112u + 48u + i * 8u + 5u], parameters[seed * 112u + 48u + i * 8u + 6u], parameters[seed * 112u + 48u + i * 8u + 7u]);
    }
    if (lane < 1u) {
      let i = lane;
      bias1[team * 1u + i] = vec3f(parameters[seed * 112u + 72u + i * 3u + 0u], parameters[seed * 112u + 72u + i * 3u + 1u], parameters[seed * 112u + 72u + i * 3u + 2u]);
    }
    if (lane < 8u) {
      let i = lane;
      weight2[team * 8u + i] = vec3f(parameters[seed * 112u + 75u + i * 3u + 0u], parameters[seed * 112u + 75u + i * 3u + 1u], parameters[seed * 112u + 75u + i * 3u + 2u]);
    }
    if (lane < 1u) {
      let i = lane;
      bias2[(team * 1u + i) * 2u + 0u] = vec4f(parameters[seed * 112u + 99u + i * 8u + 0u], parameters[seed * 112u + 99u + i * 8u + 1u], parameters[seed * 112u + 99u + i * 8u + 2u], parameters[seed * 112u + 99u + i * 8u + 3u]);
      bias2[(team * 1u + i) * 2u + 1u] = vec4f(parameters[seed * 112u + 99u + i * 8u + 4u], parameters[seed * 112u + 99u + i * 8u + 5u], parameters[seed * 112u + 99u + i * 8u + 6u], parameters[seed * 112u + 99u + i * 8u + 7u]);
    }
    if (lane < 5u) {
      let i = lane;
      bias3[team * 5u + i] = parameters[seed * 112u + 107u + i * 1u + 0u];
    }
  }
  if (lane == 0u) {
    alives[team] = u32(alive);
  }
  workgroupBarrier();
  if (index == 0u) {
    busy = 0u;
    for (var i = 0u; i < 4u; i++) {
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
      if (lane < 5u) {
        let s = lane;
        var sum0 = array<vec4f, 2>();
        sum0[0u] = bias0[(team * 1u + 0u) * 2u + 0u];
        sum0[1u] = bias0[(team * 1u + 0u) * 2u + 1u];
        sum0[0u] += weight0[(team * 5u + s) * 2u + 0u];
        sum0[1u] += weight0[(team * 5u + s) * 2u + 1u];
        var sum1 = vec3f();
        {
          var z = bias1[team * 1u + 0u][0u];
          z += dot(weight1[(team * 3u + 0u) * 2u + 0u], sum0[0u]);
          z += dot(weight1[(team * 3u + 0u) * 2u + 1u], sum0[1u]);
          sum1.x = z;
        }
        {
          var z = bias1[team * 1u + 0u][1u];
          z += dot(weight1[(team * 3u + 1u) * 2u + 0u], sum0[0u]);
          z += dot(weight1[(team * 3u + 1u) * 2u + 1u], sum0[1u]);
          sum1.y = z;
        }
        {
          var z = bias1[team * 1u + 0u][2u];
          z += dot(weight1[(team * 3u + 2u) * 2u + 0u], sum0[0u]);
          z += dot(weight1[(team * 3u + 2u) * 2u + 1u], sum0[1u]);
          sum1.z = z;
        }
        var output1_ = vec3f();
        var slope1 = vec3f();
        {
          let z = sum1;
          let y = max(z, vec3f());
          let slope = select(vec3f(), vec3f(1.0), z > vec3f());
          output1_ = y;
          slope1 = slope;
        }
        var sum2 = array<vec4f, 2>();
        {
          let z = dot(weight2[team * 8u + 0u], output1_) + bias2[(team * 1u + 0u) * 2u + (0u) / 4u][(0u) % 4u];
          sum2[0u].x = z;
        }
        {
          let z = dot(weight2[team * 8u + 1u], output1_) + bias2[(team * 1u + 0u) * 2u + (1u) / 4u][(1u) % 4u];
          sum2[0u].y = z;
        }
        {
          let z = dot(weight2[team * 8u + 2u], output1_) + bias2[(team * 1u + 0u) * 2u + (2u) / 4u][(2u) % 4u];
          sum2[0u].z = z;
        }
        {
          let z = dot(weight2[team * 8u + 3u], output1_) + bias2[(team * 1u + 0u) * 2u + (3u) / 4u][(3u) % 4u];
          sum2[0u].w = z;
        }
        {
          let z = dot(weight2[team * 8u + 4u], output1_) + bias2[(team * 1u + 0u) * 2u + (4u) / 4u][(4u) % 4u];
          sum2[1u].x = z;
        }
        {
          let z = dot(weight2[team * 8u + 5u], output1_) + bias2[(team * 1u + 0u) * 2u + (5u) / 4u][(5u) % 4u];
          sum2[1u].y = z;
        }
        {
          let z = dot(weight2[team * 8u + 6u], output1_) + bias2[(team * 1u + 0u) * 2u + (6u) / 4u][(6u) % 4u];
          sum2[1u].z = z;
        }
        {
          let z = dot(weight2[team * 8u + 7u], output1_) + bias2[(team * 1u + 0u) * 2u + (7u) / 4u][(7u) % 4u];
          sum2[1u].w = z;
        }
        var output2_ = array<vec4f, 2>();
        var slope2 = array<vec4f, 2>();
        {
          let z = sum2[0u];
          let density_y = density_vec4f(z);
          let below_y = cumulative_vec4f(z, density_y);
          let y = z * below_y;
          let slope = below_y + z * density_y;
          output2_[0u] = y;
          slope2[0u] = slope;
        }
        {
          let z = sum2[1u];
          let density_y = density_vec4f(z);
          let below_y = cumulative_vec4f(z, density_y);
          let y = z * below_y;
          let slope = below_y + z * density_y;
          output2_[1u] = y;
          slope2[1u] = slope;
        }
        var below2 = array<vec4f, 2>();
        for (var k = 0u; k < 5u; k++) {
          var z = bias3[team * 5u + k];
          z += dot(weight0[(team * 5u + k) * 2u + 0u], output2_[0u]);
          z += dot(weight0[(team * 5u + k) * 2u + 1u], output2_[1u]);
          let e = max(z, 0.0);
          below2[0u] += e * weight0[(team * 5u + k) * 2u + 0u];
          below2[1u] += e * weight0[(team * 5u + k) * 2u + 1u];
        }
        {
          var z = bias3[team * 5u + s];
          z += dot(weight0[(team * 5u + s) * 2u + 0u], output2_[0u]);
          z += dot(weight0[(team * 5u + s) * 2u + 1u], output2_[1u]);
          let e = select(0.0, -1.0, z > 0.0);
          below2[0u] += e * weight0[(team * 5u + s) * 2u + 0u];
          below2[1u] += e * weight0[(team * 5u + s) * 2u + 1u];
        }
        below2[0u] *= slope2[0u];
        below2[1u] *= slope2[1u];
        delta2[(team * 5u + s) * 2u + 0u] = below2[0u];
        delta2[(team * 5u + s) * 2u + 1u] = below2[1u];
        var below1 = vec3f();
        below1 += below2[0u].x * weight2[team * 8u + 0u];
        below1 += below2[0u].y * weight2[team * 8u + 1u];
        below1 += below2[0u].z * weight2[team * 8u + 2u];
        below1 += below2[0u].w * weight2[team * 8u + 3u];
        below1 += below2[1u].x * weight2[team * 8u + 4u];
        below1 += below2[1u].y * weight2[team * 8u + 5u];
        below1 += below2[1u].z * weight2[team * 8u + 6u];
        below1 += below2[1u].w * weight2[team * 8u + 7u];
        below1 *= slope1;
        delta1[team * 5u + s] = below1;
        var below0 = array<vec4f, 2>();
        below0[0u] += below1.x * weight1[(team * 3u + 0u) * 2u + 0u];
        below0[1u] += below1.x * weight1[(team * 3u + 0u) * 2u + 1u];
        below0[0u] += below1.y * weight1[(team * 3u + 1u) * 2u + 0u];
        below0[1u] += below1.y * weight1[(team * 3u + 1u) * 2u + 1u];
        below0[0u] += below1.z * weight1[(team * 3u + 2u) * 2u + 0u];
        below0[1u] += below1.z * weight1[(team * 3u + 2u) * 2u + 1u];
        delta0[(team * 5u + s) * 2u + 0u] = below0[0u];
        delta0[(team * 5u + s) * 2u + 1u] = below0[1u];
        output0[(team * 5u + s) * 2u + 0u] = sum0[0u];
        output0[(team * 5u + s) * 2u + 1u] = sum0[1u];
        output1[team * 5u + s] = output1_;
        output2[(team * 5u + s) * 2u + 0u] = output2_[0u];
        output2[(team * 5u + s) * 2u + 1u] = output2_[1u];
      }
    }
    workgroupBarrier();
    if (alive) {
      if (lane < 5u) {
        let k = lane;
        var w = array<vec4f, 2>();
        w[0u] = weight0[(team * 5u + k) * 2u + 0u];
        w[1u] = weight0[(team * 5u + k) * 2u + 1u];
        var g = array<vec4f, 2>();
        let b = bias3[team * 5u + k];
        var gb = 0.0;
        for (var s = 0u; s < 5u; s++) {
          var z = b;
          z += dot(w[0u], output2[(team * 5u + s) * 2u + 0u]);
          z += dot(w[1u], output2[(team * 5u + s) * 2u + 1u]);
          let e = max(z, 0.0);
          g[0u] += e * output2[(team * 5u + s) * 2u + 0u];
          g[1u] += e * output2[(team * 5u + s) * 2u + 1u];
          gb += e;
        }
        {
          var z = b;
          z += dot(w[0u], output2[(team * 5u + k) * 2u + 0u]);
          z += dot(w[1u], output2[(team * 5u + k) * 2u + 1u]);
          let e = select(0.0, -1.0, z > 0.0);
          g[0u] += e * output2[(team * 5u + k) * 2u + 0u];
          g[1u] += e * output2[(team * 5u + k) * 2u + 1u];
          gb += e;
        }
        g[0u] += delta0[(team * 5u + k) * 2u + 0u];
        g[1u] += delta0[(team * 5u + k) * 2u + 1u];
        if (measuring) {
          {
            let x = g[0u];
            square += dot(x, x);
            broken |= broken_vec4f(weight0[(team * 5u + k) * 2u + 0u]);
          }
          {
            let x = g[1u];
            square += dot(x, x);
            broken |= broken_vec4f(weight0[(team * 5u + k) * 2u + 1u]);
          }
        } else {
          weight0[(team * 5u + k) * 2u + 0u] = weight0[(team * 5u + k) * 2u + 0u] - rate * g[0u];
          weight0[(team * 5u + k) * 2u + 1u] = weight0[(team * 5u + k) * 2u + 1u] - rate * g[1u];
        }
        if (measuring) {
          {
            let x = gb;
            square += x * x;
            broken |= broken_f32(bias3[team * 5u + k]);
          }
        } else {
          bias3[team * 5u + k] = bias3[team * 5u + k] - rate * gb;
        }
      }
      if (lane < 3u) {
        let r = lane;
        var g = array<vec4f, 2>();
        for (var s = 0u; s < 5u; s++) {
          let e = delta1[team * 5u + s][r];
          g[0u] += e * output0[(team * 5u + s) * 2u + 0u];
          g[1u] += e * output0[(team * 5u + s) * 2u + 1u];
        }
        if (measuring) {
          {
            let x = g[0u];
            square += dot(x, x);
            broken |= broken_vec4f(weight1[(team * 3u + r) * 2u + 0u]);
          }
          {
            let x = g[1u];
            square += dot(x, x);
            broken |= broken_vec4f(weight1[(team * 3u + r) * 2u + 1u]);
          }
        } else {
          weight1[(team * 3u + r) * 2u + 0u] = weight1[(team * 3u + r) * 2u + 0u] - rate * g[0u];
          weight1[(team * 3u + r) * 2u + 1u] = weight1[(team * 3u + r) * 2u + 1u] - rate * g[1u];
        }
      }
      if (lane < 8u) {
        let r = lane;
        var g = vec3f();
        for (var s = 0u; s < 5u; s++) {
          let e = delta2[(team * 5u + s) * 2u + (r) / 4u][(r) % 4u];
          g += e * output1[team * 5u + s];
        }
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec3f(weight2[team * 8u + r]);
          }
        } else {
          weight2[team * 8u + r] = weight2[team * 8u + r] - rate * g;
        }
      }
      if (lane == 0u) {
        var g = array<vec4f, 2>();
        for (var s = 0u; s < 5u; s++) {
          g[0u] += delta0[(team * 5u + s) * 2u + 0u];
          g[1u] += delta0[(team * 5u + s) * 2u + 1u];
        }
        if (measuring) {
          {
            let x = g[0u];
            square += dot(x, x);
            broken |= broken_vec4f(bias0[(team * 1u + 0u) * 2u + 0u]);
          }
          {
            let x = g[1u];
            square += dot(x, x);
            broken |= broken_vec4f(bias0[(team * 1u + 0u) * 2u + 1u]);
          }
        } else {
          bias0[(team * 1u + 0u) * 2u + 0u] = bias0[(team * 1u + 0u) * 2u + 0u] - rate * g[0u];
          bias0[(team * 1u + 0u) * 2u + 1u] = bias0[(team * 1u + 0u) * 2u + 1u] - rate * g[1u];
        }
      }
      if (lane == 1u) {
        var g = vec3f();
        for (var s = 0u; s < 5u; s++) {
          g += delta1[team * 5u + s];
        }
        if (measuring) {
          {
            let x = g;
            square += dot(x, x);
            broken |= broken_vec3f(bias1[team * 1u + 0u]);
          }
        } else {
          bias1[team * 1u + 0u] = bias1[team * 1u + 0u] - rate * g;
        }
      }
      if (lane == 2u) {
        var g = array<vec4f, 2>();
        for (var s = 0u; s < 5u; s++) {
          g[0u] += delta2[(team * 5u + s) * 2u + 0u];
          g[1u] += delta2[(team * 5u + s) * 2u + 1u];
        }
        if (measuring) {
          {
            let x = g[0u];
            square += dot(x, x);
            broken |= broken_vec4f(bias2[(team * 1u + 0u) * 2u + 0u]);
          }
          {
            let x = g[1u];
            square += dot(x, x);
            broken |= broken_vec4f(bias2[(team * 1u + 0u) * 2u + 1u]);
          }
        } else {
          bias2[(team * 1u + 0u) * 2u + 0u] = bias2[(team * 1u + 0u) * 2u + 0u] - rate * g[0u];
          bias2[(team * 1u + 0u) * 2u + 1u] = bias2[(team * 1u + 0u) * 2u + 1u] - rate * g[1u];
        }
      }
    }
    if (measuring) {
      squares[index] = select(square, -1.0, broken);
      workgroupBarrier();
      if (alive) {
        var total = 0.0;
        for (var i = 0u; i < 8u; i++) {
          let part = squares[team * 8u + i];
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
        for (var i = 0u; i < 4u; i++) {
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
    if (lane < 5u) {
      let i = lane;
      parameters[seed * 112u + 0u + 0u + i] = weight0[(team * 5u + i) * 2u + (0u) / 4u][(0u) % 4u];
      parameters[seed * 112u + 0u + 5u + i] = weight0[(team * 5u + i) * 2u + (1u) / 4u][(1u) % 4u];
      parameters[seed * 112u + 0u + 10u + i] = weight0[(team * 5u + i) * 2u + (2u) / 4u][(2u) % 4u];
      parameters[seed * 112u + 0u + 15u + i] = weight0[(team * 5u + i) * 2u + (3u) / 4u][(3u) % 4u];
      parameters[seed * 112u + 0u + 20u + i] = weight0[(team * 5u + i) * 2u + (4u) / 4u][(4u) % 4u];
      parameters[seed * 112u + 0u + 25u + i] = weight0[(team * 5u + i) * 2u + (5u) / 4u][(5u) % 4u];
      parameters[seed * 112u + 0u + 30u + i] = weight0[(team * 5u + i) * 2u + (6u) / 4u][(6u) % 4u];
      parameters[seed * 112u + 0u + 35u + i] = weight0[(team * 5u + i) * 2u + (7u) / 4u][(7u) % 4u];
    }
    if (lane < 1u) {
      let i = lane;
      parameters[seed * 112u + 40u + i * 8u + 0u] = bias0[(team * 1u + i) * 2u + (0u) / 4u][(0u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 1u] = bias0[(team * 1u + i) * 2u + (1u) / 4u][(1u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 2u] = bias0[(team * 1u + i) * 2u + (2u) / 4u][(2u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 3u] = bias0[(team * 1u + i) * 2u + (3u) / 4u][(3u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 4u] = bias0[(team * 1u + i) * 2u + (4u) / 4u][(4u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 5u] = bias0[(team * 1u + i) * 2u + (5u) / 4u][(5u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 6u] = bias0[(team * 1u + i) * 2u + (6u) / 4u][(6u) % 4u];
      parameters[seed * 112u + 40u + i * 8u + 7u] = bias0[(team * 1u + i) * 2u + (7u) / 4u][(7u) % 4u];
    }
    if (lane < 3u) {
      let i = lane;
      parameters[seed * 112u + 48u + i * 8u + 0u] = weight1[(team * 3u + i) * 2u + (0u) / 4u][(0u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 1u] = weight1[(team * 3u + i) * 2u + (1u) / 4u][(1u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 2u] = weight1[(team * 3u + i) * 2u + (2u) / 4u][(2u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 3u] = weight1[(team * 3u + i) * 2u + (3u) / 4u][(3u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 4u] = weight1[(team * 3u + i) * 2u + (4u) / 4u][(4u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 5u] = weight1[(team * 3u + i) * 2u + (5u) / 4u][(5u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 6u] = weight1[(team * 3u + i) * 2u + (6u) / 4u][(6u) % 4u];
      parameters[seed * 112u + 48u + i * 8u + 7u] = weight1[(team * 3u + i) * 2u + (7u) / 4u][(7u) % 4u];
    }
    if (lane < 1u) {
      let i = lane;
      parameters[seed * 112u + 72u + i * 3u + 0u] = bias1[team * 1u + i][0u];
      parameters[seed * 112u + 72u + i * 3u + 1u] = bias1[team * 1u + i][1u];
      parameters[seed * 112u + 72u + i * 3u + 2u] = bias1[team * 1u + i][2u];
    }
    if (lane < 8u) {
      let i = lane;
      parameters[seed * 112u + 75u + i * 3u + 0u] = weight2[team * 8u + i][0u];
      parameters[seed * 112u + 75u + i * 3u + 1u] = weight2[team * 8u + i][1u];
      parameters[seed * 112u + 75u + i * 3u + 2u] = weight2[team * 8u + i][2u];
    }
    if (lane < 1u) {
      let i = lane;
      parameters[seed * 112u + 99u + i * 8u + 0u] = bias2[(team * 1u + i) * 2u + (0u) / 4u][(0u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 1u] = bias2[(team * 1u + i) * 2u + (1u) / 4u][(1u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 2u] = bias2[(team * 1u + i) * 2u + (2u) / 4u][(2u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 3u] = bias2[(team * 1u + i) * 2u + (3u) / 4u][(3u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 4u] = bias2[(team * 1u + i) * 2u + (4u) / 4u][(4u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 5u] = bias2[(team * 1u + i) * 2u + (5u) / 4u][(5u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 6u] = bias2[(team * 1u + i) * 2u + (6u) / 4u][(6u) % 4u];
      parameters[seed * 112u + 99u + i * 8u + 7u] = bias2[(team * 1u + i) * 2u + (7u) / 4u][(7u) % 4u];
    }
    if (lane < 5u) {
      let i = lane;
      parameters[seed * 112u + 107u + i * 1u + 0u] = bias3[team * 5u + i];
    }
  }
}
