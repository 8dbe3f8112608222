// The package's main entry has imports without file extensions, which Node cannot load; its bundle has no types.
declare module "quickhull3d/dist/quickhull3d.js" {
  export { default } from "quickhull3d";
}
