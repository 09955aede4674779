/** An evaluation that was told not to go on: no failure, and never shown. */
export class EvaluationStopped extends Error {
  override readonly name = 'EvaluationStopped';

  constructor() {
    super('The evaluation was stopped.');
  }
}
