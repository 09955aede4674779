/**
 * WGSL that batch norm's programs share: it assigns channels and rows to threads, and joins the lanes'
 * results.
 */

/**
 * The values that the code depends on. Counts are uniforms, since a new pipeline takes a second to compile on
 * some devices.
 */
export interface LanesVariant {
  /** Number of threads per workgroup, which is the length of the shared arrays. */
  readonly threads: number;
  readonly components: 1 | 4;
}

/** A struct that each lane holds, and the way in which two of them are joined. */
export interface LaneStruct {
  readonly name: string;
  /** Type of each field. */
  readonly fields: Readonly<Record<string, 'f32' | 'Value'>>;
  /** WGSL: optional statements, and then an expression that joins `a` and `b`. */
  readonly join: string;
}

/** WGSL that declares `Value`, the type that a thread loads at once. */
export const valueAlias = (components: 1 | 4): string =>
  `alias Value = ${components === 4 ? 'vec4<f32>' : 'f32'};`;

/**
 * Declares the struct, `joined(a, b)`, and `joinedLanes(own, slot)`, which returns the join of all lanes of a
 * channel to each of these lanes. Lanes are always joined in the same order, and in two steps, since the
 * barriers of a tree in a loop cost some devices seconds of compilation.
 */
export const laneStruct = ({ threads }: LanesVariant, { name, fields, join }: LaneStruct): string => {
  const names = Object.keys(fields);
  const each = (text: (field: string) => string): string => names.map(text).join('\n');
  const load = (at: string): string => `${name}(${names.map((field) => `${field}Of[${at}]`).join(', ')})`;
  return /* wgsl */ `
    struct ${name} { ${Object.entries(fields)
      .map(([field, type]) => `${field} : ${type},`)
      .join(' ')} };
    ${each((field) => `var<workgroup> ${field}Of : array<${fields[field]}, ${threads}>;`)}

    fn joined(a : ${name}, b : ${name}) -> ${name} {
      ${join}
    }

    fn joinedLanes(own : ${name}, slot : i32) -> ${name} {
      let lane = slot / uniforms.tile;
      ${each((field) => `${field}Of[slot] = own.${field};`)}
      workgroupBarrier();
      if (lane < uniforms.joints) {
        var sum = own;
        for (var giver = lane + uniforms.joints; giver < uniforms.lanes; giver += uniforms.joints) {
          sum = joined(sum, ${load('slot + (giver - lane) * uniforms.tile')});
        }
        ${each((field) => `${field}Of[slot] = sum.${field};`)}
      }
      workgroupBarrier();
      if (lane == 0) {
        var sum = ${load('slot')};
        for (var giver = 1; giver < uniforms.joints; giver++) {
          sum = joined(sum, ${load('slot + giver * uniforms.tile')});
        }
        ${each((field) => `${field}Of[slot] = sum.${field};`)}
      }
      workgroupBarrier();
      let all = ${load('slot - lane * uniforms.tile')};
      // The arrays may be used again at once.
      workgroupBarrier();
      return all;
    }`;
};

/**
 * A thread's place: `slot` and `lane` in the workgroup, `channel` vector, and the rows of its `group` from
 * `start` to `end`.
 */
export const lanePlace = ({ threads }: LanesVariant): string => /* wgsl */ `
      let slot = i32(localIndex);
      let lane = slot / uniforms.tile;
      let workgroup = thread / ${threads};
      let group = workgroup / uniforms.channelTiles;
      let channel = workgroup % uniforms.channelTiles * uniforms.tile + slot % uniforms.tile;
      let inside = channel < uniforms.channelVectors && group < uniforms.groups;
      let start = group * uniforms.rowsPerGroup;
      let end = min(start + uniforms.rowsPerGroup, uniforms.rows);`;
