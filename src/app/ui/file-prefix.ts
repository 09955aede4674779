/** The start of the names of saved files: that of the run that they show. */
import { createContext } from 'react';

export const FilePrefix = createContext('');
