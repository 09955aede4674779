/** Categories of unknown layout with the roles that the user confirmed before. */
import type { Category } from '#core/dataset.ts';
import type { Clients } from '../clients.ts';

/** Whether it is known which images are what: by MVTec's own layout, or because the user confirmed it. */
export const hasKnownRoles = ({ mapped }: Category): boolean => !mapped || mapped.confirmed === true;

/** Returns the category with the roles that were confirmed for its shape; the category itself if none were. */
export const withRecalledRoles = async (
  category: Category,
  { applyMapping, openRoleMemory }: Pick<Clients, 'applyMapping' | 'openRoleMemory'>,
): Promise<Category> => {
  const { mapped } = category;
  if (!mapped) return category;
  const mapping = (await openRoleMemory()).recall(mapped.mapping);
  return mapping ? applyMapping({ mapping, files: mapped.files, confirmed: true }) : category;
};
