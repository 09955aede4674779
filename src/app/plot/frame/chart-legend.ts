/** What a legend says of a curve or of a class of bars. */

export interface ChartLegendEntry {
  readonly name: string;
  /** Any CSS colour. */
  readonly colour: string;
  /** `stroke-dasharray` of a curve; undefined for a filled square. */
  readonly dash: string | undefined;
}
