/** WGSL that the programs of batch norm share: who has which channel and rows, and how the lanes' results become one. */

/** What the code itself depends on. Counts are uniforms: each new pipeline takes a second to compile on some devices. */
export interface LanesVariant {
  /** Threads of a workgroup: the length of the shared arrays. */
  readonly threads: number;
  readonly components: 1 | 4;
}

/** A struct of which each lane has one, and how two of them are joined. */
export interface LaneStruct {
  readonly name: string;
  /** Types by field. */
  readonly fields: Readonly<Record<string, 'f32' | 'Value'>>;
  /** WGSL of an expression that joins `a` and `b`, after the statements before it. */
  readonly join: string;
}

/** The type of what a thread loads at once. */
export const valueAlias = (components: 1 | 4): string =>
  `alias Value = ${components === 4 ? 'vec4<f32>' : 'f32'};`;

/**
 * Declares the struct, `joined(a, b)`, and `joinedLanes(own, slot)`: what all lanes of a channel have together, the same for
 * each of them. They are joined in an order that is always the same and in two steps, since a tree's barriers in a loop cost
 * some devices seconds of compilation.
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

/** Where a thread is: its `slot` and `lane` in the workgroup, its `channel` vector, its `group`'s rows from `start` to `end`. */
export const lanePlace = ({ threads }: LanesVariant): string => /* wgsl */ `
      let slot = i32(localIndex);
      let lane = slot / uniforms.tile;
      let workgroup = thread / ${threads};
      let group = workgroup / uniforms.channelTiles;
      let channel = workgroup % uniforms.channelTiles * uniforms.tile + slot % uniforms.tile;
      let inside = channel < uniforms.channelVectors && group < uniforms.groups;
      let start = group * uniforms.rowsPerGroup;
      let end = min(start + uniforms.rowsPerGroup, uniforms.rows);`;
