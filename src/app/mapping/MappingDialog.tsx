/** Shows which images are what before they are used, with the reason for each guess; every guess can be changed. */
import { useMemo, useState } from 'react';
import { planSamples } from '#core/layout/plan-samples.ts';
import { layoutLabels, type Mapping, type Role, roles } from '#core/layout/roles.ts';
import type { AskedMapping } from '#store/dataset/state.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { PageDialog } from '../ui/PageDialog.tsx';
import { type MappingCounts, mappingCounts } from './mapping-counts.ts';
import { RoleRow } from './RoleRow.tsx';
import { TestShareFields } from './TestShareFields.tsx';
import './mapping.css';

const withRole = (mapping: Mapping, id: string, role: Role): Mapping => ({
  ...mapping,
  groups: mapping.groups.map((group) =>
    group.id === id ? { ...group, role, reason: { kind: 'chosen' } } : group,
  ),
});

/** By role, as proposed: the rows stay in place while roles change. */
const inOrder = (mapping: Mapping): Mapping => ({
  ...mapping,
  groups: mapping.groups.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role)),
});

const layoutSentence = ({ name, layout }: Mapping): string => {
  if (layout === 'unknown')
    return `The folder names of “${name}” do not say which images are what. Choose it here.`;
  const found =
    layout === 'mvtec'
      ? `“${name}” has the folders of MVTec AD, but not all of its file names.`
      : `“${name}” is not in MVTec AD’s layout. It looks like ${layoutLabels[layout]}.`;
  return `${found} Check the roles before the images are used.`;
};

const Counts = ({ counts }: { readonly counts: MappingCounts }) => (
  <dl className="mapping-counts number">
    <div>
      <dt>Training</dt>
      <dd>{formatCount(counts.trained, 'normal image')}</dd>
    </div>
    <div>
      <dt>Held out</dt>
      <dd>{formatCount(counts.heldOut, 'normal image')}</dd>
    </div>
    <div>
      <dt>Testing</dt>
      <dd>
        {counts.testedNormal} normal, {formatCount(counts.defects, 'defect')} ({counts.masked} with a mask)
      </dd>
    </div>
  </dl>
);

const MappingDialog = ({ asked: { mapped } }: { readonly asked: AskedMapping }) => {
  const { dataset } = useActions();
  const { files } = mapped;
  const [mapping, setMapping] = useState(() => inOrder(mapped.mapping));
  const { counts, masksOf, typesOf } = useMemo(() => {
    const { samples } = planSamples(mapping, (path) => files.get(path)?.size === 0);
    return {
      counts: mappingCounts(samples),
      masksOf: new Map(samples.map(({ path, maskPaths }) => [path, maskPaths])),
      typesOf: new Map(samples.map(({ path, defectType }) => [path, defectType])),
    };
  }, [mapping, files]);
  const confirm = (
    <Button
      tone="primary"
      hint="Loads the images with these roles, and uses the same roles for folders of this shape from now on."
      hintSide="top"
      blocked={counts.trained > 0 ? undefined : 'Choose a folder of normal images for training first.'}
      onClick={() => void dataset.confirmMapping(mapping)}
    >
      Use these roles
    </Button>
  );
  return (
    <PageDialog
      open
      onOpenChange={(open) => !open && dataset.cancelMapping()}
      className="mapping-dialog"
      title="Which images are what?"
      description={layoutSentence(mapping)}
      buttons={confirm}
      closeLabel="Cancel"
    >
      <ul className="role-rows" aria-label="Roles of the folders">
        {mapping.groups.map((group) => (
          <RoleRow
            key={group.id}
            {...{ group, files, masksOf, typesOf }}
            onRole={(role) => setMapping(withRole(mapping, group.id, role))}
          />
        ))}
      </ul>
      <div className="mapping-result">
        <TestShareFields
          share={mapping.testShare}
          onShare={(testShare) => setMapping({ ...mapping, testShare })}
        />
        <Counts counts={counts} />
      </div>
    </PageDialog>
  );
};

export default MappingDialog;
