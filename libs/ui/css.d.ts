declare module '*.module.css' {
  const classes: Record<string, string>;
  export { classes as default };
}
declare module '*.css';
