/** Multiply-adds between registers: the peak that no product can exceed. */

/**
 * Twelve chains: enough to keep both units busy, with registers left for the operands. Every product depends on the previous
 * turn, so no compiler can drop it.
 */
export function multiplyAdd(turns: i32, operands: usize): void {
  const a = v128.load(operands);
  const b = v128.load(operands, 16);
  let s0 = v128.load(operands, 32);
  let s1 = v128.load(operands, 48);
  let s2 = v128.load(operands, 64);
  let s3 = v128.load(operands, 80);
  let s4 = v128.load(operands, 96);
  let s5 = v128.load(operands, 112);
  let s6 = v128.load(operands, 128);
  let s7 = v128.load(operands, 144);
  let s8 = v128.load(operands, 160);
  let s9 = v128.load(operands, 176);
  let s10 = v128.load(operands, 192);
  let s11 = v128.load(operands, 208);
  for (let left = turns; left > 0; left--) {
    s0 = f32x4.add(a, f32x4.mul(b, s0));
    s1 = f32x4.add(a, f32x4.mul(b, s1));
    s2 = f32x4.add(a, f32x4.mul(b, s2));
    s3 = f32x4.add(a, f32x4.mul(b, s3));
    s4 = f32x4.add(a, f32x4.mul(b, s4));
    s5 = f32x4.add(a, f32x4.mul(b, s5));
    s6 = f32x4.add(a, f32x4.mul(b, s6));
    s7 = f32x4.add(a, f32x4.mul(b, s7));
    s8 = f32x4.add(a, f32x4.mul(b, s8));
    s9 = f32x4.add(a, f32x4.mul(b, s9));
    s10 = f32x4.add(a, f32x4.mul(b, s10));
    s11 = f32x4.add(a, f32x4.mul(b, s11));
  }
  v128.store(operands, s0, 32);
  v128.store(operands, s1, 48);
  v128.store(operands, s2, 64);
  v128.store(operands, s3, 80);
  v128.store(operands, s4, 96);
  v128.store(operands, s5, 112);
  v128.store(operands, s6, 128);
  v128.store(operands, s7, 144);
  v128.store(operands, s8, 160);
  v128.store(operands, s9, 176);
  v128.store(operands, s10, 192);
  v128.store(operands, s11, 208);
}
