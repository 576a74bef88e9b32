/** @returns the header that binds a request to the version that somebody saw */
export const ifMatch = (version: number): { readonly 'If-Match': string } => ({ 'If-Match': `"${version}"` });
