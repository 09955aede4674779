/** The values of the ticked settings: the first run's, and each rival's to edit. */
import type { RunConfig } from '#core/config.ts';
import { CurveSwatch } from '../../plot/CurveSwatch.tsx';
import { contestantStyles } from '../../plot/curve-style.ts';
import { settingHints } from '../../shared/hints/setting-hints.ts';
import { Button } from '../../ui/Button.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { Select } from '../../ui/Select.tsx';
import { type RaceDraft, withoutRival, withText } from './race-draft.ts';
import type { RaceSetting } from './race-settings.ts';

interface RivalsTableProps {
  readonly config: RunConfig;
  readonly draft: RaceDraft;
  /** Of all contestants; undefined while the draft is invalid. */
  readonly configs: readonly RunConfig[] | undefined;
  readonly onEdit: (draft: RaceDraft) => void;
}

const ownText = (setting: RaceSetting, config: RunConfig): string => {
  const value = config[setting.key];
  const option = setting.kind === 'choice' && setting.options.find((other) => other.value === value);
  return option ? option.label : String(value);
};

interface ValueFieldProps {
  readonly setting: RaceSetting;
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

const ValueField = ({ setting, label, value, onChange }: ValueFieldProps) => (
  <Hint {...settingHints[setting.key]} side="top">
    {setting.kind === 'choice' ? (
      <Select
        aria-label={label}
        value={value}
        options={setting.options.map((option) => ({ ...option, value: String(option.value) }))}
        onChange={onChange}
      />
    ) : (
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )}
  </Hint>
);

export const RivalsTable = ({ config, draft, configs, onEdit }: RivalsTableProps) => {
  const styles = configs && contestantStyles(configs.map(({ loss }) => loss));
  const swatch = (place: number) => styles?.[place] && <CurveSwatch {...styles[place]} />;
  return (
    <table className="race-rivals number">
      <thead>
        <tr>
          <td />
          <th scope="col">
            <span className="race-rival-head">{swatch(0)} This run</span>
          </th>
          {draft.rivals.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rival is its place.
            <th key={index} scope="col">
              <span className="race-rival-head">
                {swatch(index + 1)} Rival {index + 1}
                {draft.rivals.length > 1 && (
                  <Button
                    tone="bare"
                    hint="Removes this rival."
                    hintSide="top"
                    aria-label={`Remove rival ${index + 1}`}
                    onClick={() => onEdit(withoutRival(draft, index))}
                  >
                    <CloseIcon />
                  </Button>
                )}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {draft.ticked.map((setting) => (
          <tr key={setting.key}>
            <th scope="row">{setting.label}</th>
            <td>{ownText(setting, config)}</td>
            {draft.rivals.map((rival, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rival is its place.
              <td key={index}>
                <ValueField
                  setting={setting}
                  label={`${setting.label} of rival ${index + 1}`}
                  value={rival[setting.key] ?? ''}
                  onChange={(text) => onEdit(withText(draft, index, setting.key, text))}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
