/** Losses, weights and scores with the flags of `npm run train`. */

import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { MethodSection } from '../MethodSection.tsx';
import { bandFlags, lossChoices, type MethodEntry, scoreChoices, weightChoices } from '../method-tables.ts';

interface MethodTableProps {
  readonly title: string;
  readonly flag: string;
  readonly entries: readonly MethodEntry[];
}

const MethodTable = ({ title, flag, entries }: MethodTableProps) => (
  <section aria-label={title} {...useScrollRegion('x')}>
    <table className="method-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{flag}</th>
          <th scope="col">meaning</th>
          <th scope="col">its own flags</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ name, meaning, flags }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{meaning}</td>
            <td>
              {flags.map((own) => (
                <code key={own}>--{own}</code>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

export const TablesSection = () => (
  <MethodSection id="tables">
    <p>
      Each of these is also a value of a flag of <code>npm run train</code>, with the name shown here.
    </p>
    <MethodTable title="Losses" flag="--loss" entries={lossChoices} />
    <MethodTable title="Weights w(u, v) of WFDL" flag="--weight" entries={weightChoices} />
    <MethodTable title="Scores" flag="--score" entries={scoreChoices} />
    <p>
      Every score can be limited to a band of the residual: the radii from <code>--{bandFlags[0]}</code> to{' '}
      <code>--{bandFlags[1]}</code>. A lower end of 0.5 removes exactly the mean.
    </p>
  </MethodSection>
);
