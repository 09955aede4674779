/** The stock ops of tfjs that losses, model and tests use, on the processor. */
import './binary.ts';
import './filling.ts';
import './identity.ts';
import './layout.ts';
import './reduction.ts';
import './unary.ts';
