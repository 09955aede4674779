/** Why the value that was chosen for a setting is refused; nothing where none was. */
export const SettingRefusal = ({ refusal }: { readonly refusal: string | undefined }) =>
  refusal === undefined ? undefined : (
    <p className="setting-error" role="alert">
      {refusal}
    </p>
  );
