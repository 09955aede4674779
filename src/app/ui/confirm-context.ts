/** Asking before something is lost. */
import { createContext, useContext } from 'react';

export interface Question {
  readonly title: string;
  readonly body: string;
  /** Text of the button that goes ahead. */
  readonly action: string;
}

export type Confirm = (question: Question) => Promise<boolean>;

export const ConfirmContext = createContext<Confirm>(() => Promise.resolve(true));

/** A function that asks and resolves to whether the user agreed. */
export const useConfirm = (): Confirm => useContext(ConfirmContext);
