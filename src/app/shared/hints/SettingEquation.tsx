/** One equation of the settings by its name: they come with the first hint that shows one. */
import { settingEquations } from '../equations/setting-equations.tsx';

export type SettingEquationName = keyof typeof settingEquations;

interface SettingEquationProps {
  readonly name: SettingEquationName;
}

const SettingEquation = ({ name }: SettingEquationProps) => settingEquations[name];

export default SettingEquation;
