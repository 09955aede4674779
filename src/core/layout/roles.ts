/** The roles of folders, and the mapping that assigns them. */

/** What images of a folder are used for. */
export const roles = ['train', 'test-normal', 'defect', 'mask', 'held-out', 'unlabeled', 'ignored'] as const;
export type Role = (typeof roles)[number];

/** The roles in words for the user. */
export const roleLabels: Readonly<Record<Role, string>> = {
  train: 'normal, for training',
  'test-normal': 'normal, for testing',
  defect: 'defect',
  mask: 'mask',
  'held-out': 'normal, held out',
  unlabeled: 'unlabeled',
  ignored: 'ignored',
};

/** Known layouts of data sets. */
export type LayoutName =
  | 'mvtec'
  | 'mvtec2'
  | 'loco'
  | '3d'
  | 'visa'
  | 'visa-split'
  | 'btad'
  | 'folder'
  | 'sessions'
  | 'normals'
  | 'flat'
  | 'patterns'
  | 'unknown';

/** The layouts in words for the user. */
export const layoutLabels: Readonly<Record<LayoutName, string>> = {
  mvtec: 'MVTec AD',
  mvtec2: 'MVTec AD 2',
  loco: 'MVTec LOCO AD',
  '3d': 'MVTec 3D-AD',
  visa: 'VisA, as published',
  'visa-split': 'VisA, with its split file',
  btad: 'BTAD',
  folder: 'a folder per kind, as anomalib’s Folder',
  sessions: 'MVTec AD with further folders',
  normals: 'normal images only',
  flat: 'one folder of images',
  patterns: 'given by patterns',
  unknown: 'unknown',
};

/** Why a role was proposed. */
export type Reason =
  | { readonly kind: 'in-train'; readonly folder: string }
  | { readonly kind: 'validation'; readonly folder: string }
  | { readonly kind: 'normal-name'; readonly name: string; readonly inTest: boolean }
  | { readonly kind: 'abnormal-name'; readonly name: string }
  | { readonly kind: 'in-test'; readonly name: string }
  | { readonly kind: 'beside-normal'; readonly name: string; readonly normal: string }
  | { readonly kind: 'mask-name'; readonly name: string }
  | { readonly kind: 'split-file'; readonly file: string }
  | { readonly kind: 'unlabeled-test'; readonly folder: string }
  | { readonly kind: 'loose-in-test'; readonly folder: string }
  | { readonly kind: 'defect-in-train'; readonly name: string }
  | { readonly kind: 'positions' }
  | { readonly kind: 'contradiction'; readonly names: readonly [string, string] }
  | { readonly kind: 'only-images' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'pattern'; readonly flag: string; readonly pattern: string }
  | { readonly kind: 'no-pattern' }
  | { readonly kind: 'chosen' };

/** The reason as a sentence. */
export const reasonText = (reason: Reason): string => {
  switch (reason.kind) {
    case 'in-train':
      return `“${reason.folder}” is for training, which uses normal images.`;
    case 'validation':
      return `“${reason.folder}” has normal images that a threshold can be fitted on.`;
    case 'normal-name':
      return reason.inTest
        ? `It is a test folder, and “${reason.name}” means normal.`
        : `“${reason.name}” means normal, and no folder is for training.`;
    case 'abnormal-name':
      return `“${reason.name}” means a defect.`;
    case 'in-test':
      return `It is a test folder, and “${reason.name}” does not mean normal.`;
    case 'beside-normal':
      return `It lies beside “${reason.normal}”, so “${reason.name}” is taken for a kind of defect.`;
    case 'mask-name':
      return `“${reason.name}” means masks.`;
    case 'split-file':
      return `${reason.file} lists these images.`;
    case 'unlabeled-test':
      return `“${reason.folder}” has test images without labels.`;
    case 'loose-in-test':
      return `They lie directly in “${reason.folder}”, so no folder says whether they are normal.`;
    case 'defect-in-train':
      return `“${reason.name}” means a defect, and training uses only normal images.`;
    case 'positions':
      return 'Folders “xyz” have positions in space, which are not read.';
    case 'contradiction':
      return `“${reason.names[0]}” and “${reason.names[1]}” contradict each other.`;
    case 'only-images':
      return 'No folder has a name that says a role, so all images are taken for normal.';
    case 'outside':
      return 'No name on its path says a role.';
    case 'pattern':
      return `It matches --${reason.flag} ${reason.pattern}.`;
    case 'no-pattern':
      return 'It matches no given pattern.';
    case 'chosen':
      return 'You chose this.';
  }
};

/** Files with one role, mostly those of one folder. */
export interface MappingGroup {
  /** Unique in its mapping, and the same for each folder of this shape. */
  readonly id: string;
  /** The folder inside the category as shown; '' for the category's own. */
  readonly folder: string;
  readonly role: Role;
  /** The defect type of these images if they are defects; of masks, the type that they belong to. */
  readonly kind: string;
  /** Paths inside the category, sorted. */
  readonly paths: readonly string[];
  readonly reason: Reason;
}

/** Normal training images that are tested on instead, because the folder has no others. */
export interface TestShare {
  /** 0 to 90. */
  readonly percent: number;
  /** Decides which images. */
  readonly seed: number;
}

/** Roles for all images of one category, as plain data. */
export interface Mapping {
  /** Name of the category. */
  readonly name: string;
  /** Its folder in the drop; '' if the drop is its content. */
  readonly folder: string;
  readonly layout: LayoutName;
  readonly groups: readonly MappingGroup[];
  readonly testShare: TestShare;
  /** Masks by image, both inside the category, where a split file or annotations list them. */
  readonly listedMasks: Readonly<Record<string, string>>;
  /** Kinds of defects by image inside the category, where a file lists them: they replace the kinds of folders. */
  readonly listedKinds?: Readonly<Record<string, string>>;
  /** Files that are no images, by path inside the category, with the reason. */
  readonly otherFiles: readonly { readonly path: string; readonly reason: string }[];
}
