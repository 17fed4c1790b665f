import { projectPath } from "./project-path.ts"
import { copyUsedPackages } from "./used-packages.ts"

// `tsx scripts/pack-image.ts FOLDER`: what the container image needs of node_modules, after a build (deploy/Dockerfile).
await copyUsedPackages(projectPath("build"), process.argv[2])
