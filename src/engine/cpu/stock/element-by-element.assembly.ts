/** Functions of one, two and three tensors, element by element. */
import { exponentials } from '../../ops/activation/exponential.assembly.ts';
import * as modes from './modes.ts';

/** Number of elements per chunk. */
const chunkElements: i32 = 16_384;

function logarithms(values: v128): v128 {
  let result = f32x4.splat(Mathf.log(f32x4.extract_lane(values, 0)));
  result = f32x4.replace_lane(result, 1, Mathf.log(f32x4.extract_lane(values, 1)));
  result = f32x4.replace_lane(result, 2, Mathf.log(f32x4.extract_lane(values, 2)));
  return f32x4.replace_lane(result, 3, Mathf.log(f32x4.extract_lane(values, 3)));
}

function powers(bases: v128, exponents: v128): v128 {
  let result = f32x4.splat(Mathf.pow(f32x4.extract_lane(bases, 0), f32x4.extract_lane(exponents, 0)));
  let lane = Mathf.pow(f32x4.extract_lane(bases, 1), f32x4.extract_lane(exponents, 1));
  result = f32x4.replace_lane(result, 1, lane);
  lane = Mathf.pow(f32x4.extract_lane(bases, 2), f32x4.extract_lane(exponents, 2));
  result = f32x4.replace_lane(result, 2, lane);
  lane = Mathf.pow(f32x4.extract_lane(bases, 3), f32x4.extract_lane(exponents, 3));
  return f32x4.replace_lane(result, 3, lane);
}

/** Converts masks to the whole numbers 1 and 0. */
function truths(mask: v128): v128 {
  return v128.and(mask, i32x4.splat(1));
}

function signs(values: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const above = v128.and(f32x4.gt(values, zero), one);
  const below = v128.and(f32x4.lt(values, zero), one);
  return v128.bitselect(f32x4.sub(above, below), values, f32x4.eq(values, values));
}

function applyOne(mode: i32, values: v128): v128 {
  const one = f32x4.splat(1);
  switch (mode) {
    case modes.negate:
      return f32x4.neg(values);
    case modes.absolute:
      return f32x4.abs(values);
    case modes.square:
      return f32x4.mul(values, values);
    case modes.squareRoot:
      return f32x4.sqrt(values);
    case modes.reciprocalRoot:
      return f32x4.div(one, f32x4.sqrt(values));
    case modes.reciprocal:
      return f32x4.div(one, values);
    case modes.exponential:
      return exponentials(values);
    case modes.logarithm:
      return logarithms(values);
    case modes.sign:
      return signs(values);
    case modes.rectified:
      return f32x4.pmax(values, f32x4.splat(0));
    case modes.sigmoid:
      return f32x4.div(one, f32x4.add(one, exponentials(f32x4.neg(values))));
    case modes.toInteger:
      return i32x4.trunc_sat_f32x4_s(values);
    case modes.toBool:
      return truths(f32x4.ne(values, f32x4.splat(0)));
    case modes.toFloat:
      return f32x4.convert_i32x4_s(values);
    case modes.integerToBool:
      return truths(i32x4.ne(values, i32x4.splat(0)));
    default:
      unreachable();
      return values;
  }
}

function applyTwo(mode: i32, a: v128, b: v128): v128 {
  switch (mode) {
    case modes.add:
      return f32x4.add(a, b);
    case modes.subtract:
      return f32x4.sub(a, b);
    case modes.multiply:
      return f32x4.mul(a, b);
    case modes.divide:
      return f32x4.div(a, b);
    case modes.power:
      return powers(a, b);
    case modes.maximum:
      return f32x4.max(a, b);
    case modes.minimum:
      return f32x4.min(a, b);
    case modes.squaredDifference: {
      const difference = f32x4.sub(a, b);
      return f32x4.mul(difference, difference);
    }
    case modes.greater:
      return truths(f32x4.gt(a, b));
    case modes.greaterEqual:
      return truths(f32x4.ge(a, b));
    case modes.less:
      return truths(f32x4.lt(a, b));
    case modes.lessEqual:
      return truths(f32x4.le(a, b));
    case modes.equal:
      return truths(f32x4.eq(a, b));
    case modes.notEqual:
      return truths(f32x4.ne(a, b));
    default:
      unreachable();
      return a;
  }
}

@unmanaged
class UnaryArguments {
  source: usize;
  target: usize;
  size: i32;
  mode: i32;
}

export function runUnary(address: usize, chunk: i32): void {
  const given = changetype<UnaryArguments>(address);
  const mode = given.mode;
  const end = <usize>min((chunk + 1) * chunkElements, given.size) * 4;
  const source = given.source;
  const target = given.target;
  let at = <usize>(chunk * chunkElements) * 4;
  for (; at + 16 <= end; at += 16) v128.store(target + at, applyOne(mode, v128.load(source + at)));
  for (; at < end; at += 4) {
    v128.store32_lane(target + at, applyOne(mode, v128.load32_splat(source + at)), 0);
  }
}

@unmanaged
class BinaryArguments {
  a: usize;
  b: usize;
  target: usize;
  mode: i32;
  size: i32;
  /** Sizes of the result's axes, outermost first; the last is `inner`. */
  axis0: i32;
  axis1: i32;
  axis2: i32;
  inner: i32;
  /** Distance in elements from one index of an axis to the next; 0 where the tensor is repeated. */
  a0: i32;
  a1: i32;
  a2: i32;
  aInner: i32;
  b0: i32;
  b1: i32;
  b2: i32;
  bInner: i32;
}

/** Computes one stretch of the innermost axis. */
function runStretch(mode: i32, a: usize, aStep: i32, b: usize, bStep: i32, target: usize, count: i32): void {
  const bytes = <usize>count * 4;
  let at: usize = 0;
  if (count >= 4) {
    const aSplat = v128.load32_splat(a);
    const bSplat = v128.load32_splat(b);
    for (; at + 16 <= bytes; at += 16) {
      const left = aStep === 0 ? aSplat : v128.load(a + at);
      const right = bStep === 0 ? bSplat : v128.load(b + at);
      v128.store(target + at, applyTwo(mode, left, right));
    }
  }
  for (; at < bytes; at += 4) {
    const left = v128.load32_splat(a + <usize>aStep * at);
    const right = v128.load32_splat(b + <usize>bStep * at);
    v128.store32_lane(target + at, applyTwo(mode, left, right), 0);
  }
}

export function runBinary(address: usize, chunk: i32): void {
  const given = changetype<BinaryArguments>(address);
  const mode = given.mode;
  const inner = given.inner;
  const last = min((chunk + 1) * chunkElements, given.size);
  let at = chunk * chunkElements;
  while (at < last) {
    const outer = at / inner;
    const column = at % inner;
    const index2 = outer % given.axis2;
    const index1 = (outer / given.axis2) % given.axis1;
    const index0 = outer / given.axis2 / given.axis1;
    const count = min(inner - column, last - at);
    const a = index0 * given.a0 + index1 * given.a1 + index2 * given.a2 + column * given.aInner;
    const b = index0 * given.b0 + index1 * given.b1 + index2 * given.b2 + column * given.bInner;
    runStretch(
      mode,
      given.a + <usize>a * 4,
      given.aInner,
      given.b + <usize>b * 4,
      given.bInner,
      given.target + <usize>at * 4,
      count,
    );
    at += count;
  }
}

@unmanaged
class SelectArguments {
  condition: usize;
  yes: usize;
  no: usize;
  target: usize;
  size: i32;
}

/** `yes` where the condition is not 0, else `no`. */
export function runSelect(address: usize, chunk: i32): void {
  const given = changetype<SelectArguments>(address);
  const end = <usize>min((chunk + 1) * chunkElements, given.size) * 4;
  const zero = i32x4.splat(0);
  let at = <usize>(chunk * chunkElements) * 4;
  for (; at + 16 <= end; at += 16) {
    const mask = i32x4.ne(v128.load(given.condition + at), zero);
    const value = v128.bitselect(v128.load(given.yes + at), v128.load(given.no + at), mask);
    v128.store(given.target + at, value);
  }
  for (; at < end; at += 4) {
    const from = load<i32>(given.condition + at) !== 0 ? given.yes : given.no;
    store<i32>(given.target + at, load<i32>(from + at));
  }
}
