/** The frequency weight of a step of a curriculum: a power of the final one, rescaled to its mean. */

/** Weights per chunk. */
const chunkFloats: i32 = 2048;

@unmanaged
class CurriculumArguments {
  weight: usize;
  /** Address of one float32. */
  exponent: usize;
  result: usize;
  /** float64 [chunks, 3]: sum of weights, sum of powers, largest power. */
  parts: usize;
  size: i32;
  dcWeight: f32;
}

/** w^s of all weights but the first, which is that of the zero frequency. */
export function runCurriculumPowers(address: usize, chunk: i32): void {
  const given = changetype<CurriculumArguments>(address);
  const exponent = load<f32>(given.exponent);
  const last = min((chunk + 1) * chunkFloats, given.size);
  let sum: f64 = 0;
  let powers: f64 = 0;
  let largest: f32 = 0;
  for (let index = max(1, chunk * chunkFloats); index < last; index++) {
    const at = <usize>index * 4;
    const weight = load<f32>(given.weight + at);
    const power: f32 = weight > 0 ? Mathf.pow(weight, exponent) : 0;
    store<f32>(given.result + at, power);
    sum += weight;
    powers += power;
    largest = max(largest, power);
  }
  const parts = given.parts + <usize>chunk * 24;
  store<f64>(parts, sum);
  store<f64>(parts, powers, 8);
  store<f64>(parts, largest, 16);
}

/** Rescales the powers by the parts of all chunks, which each chunk joins in the same order. */
export function runCurriculumScale(address: usize, chunk: i32): void {
  const given = changetype<CurriculumArguments>(address);
  const count = (given.size + chunkFloats - 1) / chunkFloats;
  let sum: f64 = 0;
  let powers: f64 = 0;
  let largest: f64 = 0;
  for (let part = 0; part < count; part++) {
    const parts = given.parts + <usize>part * 24;
    sum += load<f64>(parts);
    powers += load<f64>(parts, 8);
    largest = max(largest, load<f64>(parts, 16));
  }
  const factor = sum / powers;
  const last = min((chunk + 1) * chunkFloats, given.size);
  for (let index = max(1, chunk * chunkFloats); index < last; index++) {
    const at = given.result + <usize>index * 4;
    store<f32>(at, <f32>(factor * <f64>load<f32>(at)));
  }
  if (chunk === 0) store<f32>(given.result, <f32>(<f64>given.dcWeight * largest * factor));
}
