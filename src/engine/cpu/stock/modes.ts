/** The functions of the stock kernels. TypeScript and AssemblyScript both read this file. */

export const negate = 0;
export const absolute = 1;
export const square = 2;
export const squareRoot = 3;
export const reciprocalRoot = 4;
export const reciprocal = 5;
export const exponential = 6;
export const logarithm = 7;
export const sign = 8;
export const rectified = 9;
export const sigmoid = 10;
/** float32 to int32, rounding toward 0. */
export const toInteger = 11;
/** float32 to bool. */
export const toBool = 12;
/** int32 or bool to float32. */
export const toFloat = 13;
/** int32 to bool. */
export const integerToBool = 14;

export const add = 0;
export const subtract = 1;
export const multiply = 2;
export const divide = 3;
export const power = 4;
export const maximum = 5;
export const minimum = 6;
export const squaredDifference = 7;
export const greater = 8;
export const greaterEqual = 9;
export const less = 10;
export const lessEqual = 11;
export const equal = 12;
export const notEqual = 13;

export const sum = 0;
export const largest = 1;
export const least = 2;
