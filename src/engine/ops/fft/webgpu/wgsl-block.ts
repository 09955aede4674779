/** Straight-line WGSL in single assignment: each value has its own name, so it can stay in a register. */

/** A growing list of statements. */
export class WgslBlock {
  private readonly statements: string[] = [];
  private names = 0;

  /** Adds `let name = expression;` and returns the name. */
  bind(expression: string): string {
    const name = `v${this.names++}`;
    this.statements.push(`let ${name} = ${expression};`);
    return name;
  }

  /** Adds `var name = expression;` and returns the name. */
  variable(expression: string): string {
    const name = `v${this.names++}`;
    this.statements.push(`var ${name} = ${expression};`);
    return name;
  }

  /** Adds a whole statement. */
  add(statement: string): void {
    this.statements.push(statement);
  }

  toString(): string {
    return this.statements.join('\n');
  }
}
