/** The method: each equation beside the controls that it governs. */
import { useEffect } from 'react';
import { methodTarget } from '../shared/use-open-method.ts';
import { MethodNav, showSection } from './MethodNav.tsx';
import { BaselinesSection } from './sections/BaselinesSection.tsx';
import { DistanceSection } from './sections/DistanceSection.tsx';
import { FourierSection } from './sections/FourierSection.tsx';
import { IdeaSection } from './sections/IdeaSection.tsx';
import { LossesSection } from './sections/LossesSection.tsx';
import { RecipeSection } from './sections/RecipeSection.tsx';
import { ReconstructionSection } from './sections/ReconstructionSection.tsx';
import { ScoreExplained } from './sections/ScoreExplained.tsx';
import { TablesSection } from './sections/TablesSection.tsx';
import { WeightSection } from './sections/WeightSection.tsx';
import './method.css';

export const MethodPage = () => {
  useEffect(() => {
    const { section } = methodTarget.getState();
    if (section) showSection(section);
    methodTarget.setState({ section: undefined });
  }, []);
  return (
    <div className="method">
      <MethodNav />
      <article className="method-article">
        <IdeaSection />
        <ReconstructionSection />
        <FourierSection />
        <DistanceSection />
        <WeightSection />
        <LossesSection />
        <RecipeSection />
        <ScoreExplained />
        <BaselinesSection />
        <TablesSection />
      </article>
    </div>
  );
};
