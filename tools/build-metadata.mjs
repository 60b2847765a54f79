/**
 * Writes dist/server/metadata.js: what the OpenAPI description knows of DTOs and controllers without decorators by hand.
 * The Swagger plugin reads types and comments from a TypeScript program; we only print what it collected.
 */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist/server/metadata.js');

const OPTIONS = {
  pathToSource: root,
  dtoFileNameSuffix: ['.dto.ts', 'http/params.ts', 'http/paging.ts'],
  controllerFileNameSuffix: ['.controller.ts'],
  introspectComments: true,
  classValidatorShim: true,
};

function makeProgram(ts) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    root,
    undefined,
    join(root, 'tsconfig.json'),
  );
  const rootNames = fileNames.filter(
    (name) => /[\\/](libs[\\/](platform|modules)|apps[\\/]api)[\\/]/.test(name) && /\.(dto|controller)\.ts$/.test(name),
  );
  return ts.createProgram({ rootNames, options: { ...options, skipLibCheck: true, noEmit: false } });
}

const exportedNames = (ts, file) =>
  new Set(
    file.statements
      .filter(
        (node) => ts.isClassDeclaration(node) && node.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword),
      )
      .map((node) => node.name?.text),
  );

/** Plain values, or syntax nodes where the plugin made some. */
function expressionOf(ts, value) {
  if (value && typeof value === 'object' && 'kind' in value && typeof value.kind === 'number') return value;
  const f = ts.factory;
  if (Array.isArray(value))
    return f.createArrayLiteralExpression(
      value.map((item) => expressionOf(ts, item)),
      true,
    );
  return f.createObjectLiteralExpression(
    Object.entries(value).map(([key, item]) =>
      f.createPropertyAssignment(f.createStringLiteral(key), expressionOf(ts, item)),
    ),
    true,
  );
}

function print(ts, value, file) {
  return ts
    .createPrinter({ removeComments: true })
    .printNode(
      ts.EmitHint.Unspecified,
      expressionOf(ts, value),
      file ?? ts.createSourceFile('x.ts', '', ts.ScriptTarget.ES2022),
    );
}

export async function buildMetadata() {
  const ts = require('typescript');
  const { ReadonlyVisitor } = require('@nestjs/swagger/plugin');
  const program = makeProgram(ts);
  const visitor = new ReadonlyVisitor(OPTIONS);
  const exported = new Map();
  const failures = [];
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || file.fileName.includes('/node_modules/')) continue;
    exported.set(file.fileName.replace(/\.ts$/, ''), exportedNames(ts, file));
    try {
      visitor.visit(program, file);
    } catch (error) {
      failures.push(`${file.fileName}: ${error.message}`);
    }
  }
  const lines = [];
  for (const [group, entries] of Object.entries(visitor.collect())) {
    const printed = entries.map(([importCall, classes]) => {
      const path = join(root, importCall.arguments[0].text);
      const names = exported.get(path);
      const file = program.getSourceFile(`${path}.ts`);
      const kept = Object.fromEntries(Object.entries(classes).filter(([name]) => !names || names.has(name)));
      return `[${print(ts, importCall, file)}, ${print(ts, kept, file)}]`;
    });
    lines.push(`${JSON.stringify(group)}: [\n${printed.join(',\n')}\n]`);
  }
  const types = Object.entries(visitor.typeImports).map(
    ([path, expression]) => `${JSON.stringify(path)}: ${expression}`,
  );
  const source = `export default async () => {\nconst t = {\n${types.join(',\n')}\n};\nreturn { ${JSON.stringify(visitor.key)}: {\n${lines.join(',\n')}\n} };\n};\n`;
  const compiled = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  fs.mkdirSync(dirname(out), { recursive: true });
  fs.writeFileSync(out, compiled.outputText);
  return { failures };
}
