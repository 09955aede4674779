/** The race in the results: AUROC of each contestant with its interval, and their paired differences. */
import { aurocText } from '#core/table/cell-text.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { CurveSwatch } from '../../plot/CurveSwatch.tsx';
import { baselineLabels, scoreInWords } from '../../shared/labels.ts';
import { useContestants } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { Section } from '../../ui/Section.tsx';
import { useStandings } from './use-standings.ts';
import { leadText } from './verdict.ts';
import '../race.css';

interface IntervalProps {
  readonly interval:
    | { readonly defined: true; readonly lower: number; readonly upper: number }
    | { readonly defined: false; readonly reason: string }
    | undefined;
}

const Interval = ({ interval }: IntervalProps) => {
  if (!interval) return <span className="quiet">…</span>;
  if (!interval.defined) return <span title={interval.reason}>–</span>;
  return (
    <>
      {aurocText(interval.lower)} to {aurocText(interval.upper)}
    </>
  );
};

/** The references, which need no network. */
const ReferenceRows = () => {
  const references = useApp((state) => presentReferences(state.baselines, state.run));
  if (!references?.defined) return null;
  return [references.meanImage, references.variationModel].map(({ name, imageAuroc, interval }) => (
    <tr key={name} className="race-reference">
      <th scope="row">{baselineLabels[name]}</th>
      <td>{imageAuroc.defined ? aurocText(imageAuroc.value) : '–'}</td>
      <td>
        <Interval interval={interval} />
      </td>
    </tr>
  ));
};

const RaceSection = () => {
  const contestants = useContestants();
  const standings = useStandings(contestants);
  const pairs = contestants.flatMap((one) =>
    contestants.filter(({ place }) => place > one.place).map((other) => [one, other] as const),
  );
  const epoch = standings.each[0]?.evaluation.epoch;
  return (
    <Section
      title="Race"
      className="race-section"
      aside={<span className="chart-figure number">{epoch === undefined ? '' : `epoch ${epoch}`}</span>}
    >
      {standings.each.length === 0 ? (
        <p className="quiet race-section-empty">AUROCs appear after the first evaluation of all.</p>
      ) : (
        <>
          <table className="race-standings number">
            <thead>
              <tr>
                <th scope="col">Image AUROC</th>
                <td />
                <th scope="col">95 %</th>
              </tr>
            </thead>
            <tbody>
              {standings.each.map(({ contestant, evaluation, interval }) => (
                <tr key={contestant.place}>
                  <th scope="row">
                    <CurveSwatch {...contestant.style} /> {contestant.name}
                  </th>
                  <td>
                    <b>
                      {evaluation.imageAuroc.defined ? aurocText(evaluation.imageAuroc.value) : 'undefined'}
                    </b>
                  </td>
                  <td>
                    <Interval interval={interval} />
                  </td>
                </tr>
              ))}
              <ReferenceRows />
            </tbody>
          </table>
          <table className="race-standings number">
            <thead>
              <tr>
                <th scope="col">Difference</th>
                <th scope="col">95 %, paired</th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(([one, other]) => {
                const difference = standings.difference(one.place, other.place);
                return (
                  <tr key={`${one.place} ${other.place}`}>
                    <th scope="row">
                      {one.name} − {other.name}
                    </th>
                    <td>{difference ? leadText(difference) : <span className="quiet">…</span>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p className="chart-note">
            By {scoreInWords(standings.each[0]!.evaluation)}. The intervals are over the test images, not over
            seeds{contestants.length > 2 ? ', and not corrected for three comparisons' : ''}.
          </p>
        </>
      )}
    </Section>
  );
};

export default RaceSection;
