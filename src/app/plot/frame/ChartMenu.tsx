/** The menu of a chart: its axes, its values as a table, and its files. */
import { DropdownMenu } from 'radix-ui';
import { Hint } from '../../ui/Hint.tsx';
import { MoreIcon } from '../../ui/icons.tsx';
import { choosePngScale, type PngScale, pngScales, usePngScale } from '../export/png-scale.ts';

/** An option of the drawing. */
export interface ChartOption {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

export type ChartExport = 'csv' | 'svg' | 'png' | 'copy';

interface ChartMenuProps {
  readonly title: string;
  readonly options: readonly ChartOption[];
  /** Whether there is nothing to export. */
  readonly empty: boolean;
  readonly tableShown: boolean;
  readonly onTable: (shown: boolean) => void;
  readonly onExport: (kind: ChartExport) => void;
}

const canCopyImages = (): boolean =>
  typeof ClipboardItem !== 'undefined' && navigator.clipboard?.write !== undefined;

export const ChartMenu = ({ title, options, empty, tableShown, onTable, onExport }: ChartMenuProps) => {
  const scale = usePngScale();
  const item = (kind: ChartExport, label: string, hint: string) => (
    <DropdownMenu.Item disabled={empty} onSelect={() => onExport(kind)}>
      {label} <span>{hint}</span>
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu.Root modal={false}>
      <Hint
        text="Axes, all values as a table, and the chart as CSV, SVG or PNG."
        blocked={empty ? 'Nothing to export yet.' : undefined}
        side="bottom"
      >
        <DropdownMenu.Trigger className="chart-menu-button" aria-label={`Chart menu: ${title}`}>
          <MoreIcon />
        </DropdownMenu.Trigger>
      </Hint>
      <DropdownMenu.Portal>
        {/* Outside the page's landmarks, so it is a landmark itself. */}
        <section aria-label="Chart menu">
          <DropdownMenu.Content className="chart-menu" align="end" sideOffset={2} collisionPadding={8}>
            {options.map(({ label, value, choices, onChange }) => (
              <DropdownMenu.RadioGroup key={label} value={value} onValueChange={onChange} aria-label={label}>
                <DropdownMenu.Label>{label}</DropdownMenu.Label>
                {choices.map((choice) => (
                  <DropdownMenu.RadioItem key={choice.value} value={choice.value}>
                    {choice.label}
                  </DropdownMenu.RadioItem>
                ))}
              </DropdownMenu.RadioGroup>
            ))}
            {options.length > 0 && <DropdownMenu.Separator />}
            <DropdownMenu.Item disabled={empty && !tableShown} onSelect={() => onTable(!tableShown)}>
              {tableShown ? 'Show as chart' : 'Show as table'}
            </DropdownMenu.Item>
            <DropdownMenu.Separator />
            {item('csv', 'Download CSV', 'all values')}
            {item('svg', 'Download SVG', 'on white')}
            {item('png', 'Download PNG', pngScales.find(({ value }) => value === scale)?.label ?? '')}
            {canCopyImages() && item('copy', 'Copy image', 'PNG')}
            <DropdownMenu.Separator />
            <DropdownMenu.RadioGroup
              value={String(scale)}
              onValueChange={(value) => choosePngScale(Number(value) as PngScale)}
              aria-label="PNG size"
            >
              <DropdownMenu.Label>PNG size</DropdownMenu.Label>
              {pngScales.map(({ value, label }) => (
                // The menu stays open, because a size is chosen before a download.
                <DropdownMenu.RadioItem
                  key={value}
                  value={String(value)}
                  onSelect={(event) => event.preventDefault()}
                >
                  {label}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </section>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};
