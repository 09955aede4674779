/**
 * Sums and extremes of [outer, reduced, inner] over its middle axis, in float64. A chunk reduces a part of
 * the middle axis for some of the results. A second kernel joins the parts, always in the same order.
 */
import * as modes from './modes.ts';

@unmanaged
class ReductionArguments {
  source: usize;
  /** float64 [parts, outer x inner] */
  parts: usize;
  outer: i32;
  reduced: i32;
  inner: i32;
  mode: i32;
  /** Rows of the middle axis in a part. */
  rowsPerPart: i32;
  /** Results per chunk, out of outer x inner; all results of one outer index if inner is larger. */
  resultsPerChunk: i32;
  /** Number of chunks per part. */
  chunksPerPart: i32;
}

function startOf(mode: i32): f64 {
  if (mode === modes.largest) return -Infinity;
  return mode === modes.least ? Infinity : 0;
}

function join(mode: i32, a: f64, b: f64): f64 {
  if (mode === modes.sum) return a + b;
  return mode === modes.largest ? max(a, b) : min(a, b);
}

/** Reduces `count` contiguous floats. */
function reduceLine(mode: i32, source: usize, count: i32): f64 {
  let index = 0;
  let result = startOf(mode);
  if (mode === modes.sum) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (; index + 4 <= count; index += 4) {
      const values = v128.load(source + <usize>index * 4);
      low = f64x2.add(low, f64x2.promote_low_f32x4(values));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(values, values, 2, 3, 2, 3)));
    }
    const pairs = f64x2.add(low, high);
    result = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  }
  for (; index < count; index++) result = join(mode, result, load<f32>(source + <usize>index * 4));
  return result;
}

export function runReduction(address: usize, chunk: i32): void {
  const given = changetype<ReductionArguments>(address);
  const mode = given.mode;
  const inner = given.inner;
  const results = given.outer * inner;
  const part = chunk / given.chunksPerPart;
  const first = (chunk % given.chunksPerPart) * given.resultsPerChunk;
  const last = min(first + given.resultsPerChunk, results);
  const firstRow = part * given.rowsPerPart;
  const rows = min(given.rowsPerPart, given.reduced - firstRow);
  const target = given.parts + <usize>(part * results) * 8;
  const start = startOf(mode);
  if (inner === 1) {
    for (let result = first; result < last; result++) {
      const source = given.source + (<usize>result * given.reduced + firstRow) * 4;
      store<f64>(target + <usize>result * 8, reduceLine(mode, source, rows));
    }
    return;
  }
  for (let result = first; result < last; result++) store<f64>(target + <usize>result * 8, start);
  let result = first;
  while (result < last) {
    // In every row, the results of one outer index are adjacent.
    const outer = result / inner;
    const column = result % inner;
    const count = min(inner - column, last - result);
    let source = given.source + ((<usize>outer * given.reduced + firstRow) * inner + column) * 4;
    const to = target + <usize>result * 8;
    for (let row = 0; row < rows; row++) {
      for (let i: usize = 0; i < <usize>count; i++) {
        const at = to + i * 8;
        store<f64>(at, join(mode, load<f64>(at), load<f32>(source + i * 4)));
      }
      source += <usize>inner * 4;
    }
    result += count;
  }
}

@unmanaged
class JoinArguments {
  /** float64 [parts, results] */
  parts: usize;
  /** float32 [results] */
  target: usize;
  results: i32;
  count: i32;
  mode: i32;
  resultsPerChunk: i32;
  scale: f32;
}

/** Joins the parts, multiplies each result by `scale` and writes it. */
export function runJoinReduction(address: usize, chunk: i32): void {
  const given = changetype<JoinArguments>(address);
  const results = given.results;
  const first = chunk * given.resultsPerChunk;
  const last = min(first + given.resultsPerChunk, results);
  for (let result = first; result < last; result++) {
    let value = startOf(given.mode);
    for (let part = 0; part < given.count; part++) {
      value = join(given.mode, value, load<f64>(given.parts + <usize>(part * results + result) * 8));
    }
    store<f32>(given.target + <usize>result * 4, <f32>(value * <f64>given.scale));
  }
}
