/** The head of the input's row: the image's name and label. */
import { useApp } from '../../shared/store-context.ts';

export const SampleLabel = () => {
  const info = useApp(({ view, dataset }) =>
    view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected],
  );
  return (
    <div className="race-label number">
      {info ? (
        <>
          <h3 title={info.path}>
            <span>{info.path.split('/').at(-1)}</span>
          </h3>
          <p className="race-class" data-anomalous={info.anomalous}>
            <i />
            {info.anomalous ? info.defectType : 'good'}
          </p>
          {info.anomalous && <p className="quiet">anomalous</p>}
          {info.split === 'train' && <p className="quiet">training image</p>}
        </>
      ) : (
        <p className="quiet">No image chosen</p>
      )}
    </div>
  );
};
