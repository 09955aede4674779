/** The stock ops of tfjs that losses, model and tests use, on the processor. */
import './identity.ts';
