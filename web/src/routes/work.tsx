/** The pages of daily work: sheets, imports, certificates, audit, jobs. */
export const workRoutes = [] as const;
