/**
 * The directions between the layers of lib/, read from the imports themselves.
 *
 * A tree is a map from a path relative to the repository ("lib/core/ipv4.ts") to the text of the file, so that the rules
 * can be tried on files that exist only in a test.
 */
import { posix } from "node:path";
import ts from "typescript";

/** Path relative to the repository, with forward slashes, to the text of the file. */
export type SourceTree = ReadonlyMap<string, string>;

/** One reference from a file to a module: `import`, `export from`, `import()`, `require()`, `import x = require()` or an `import("x")` type. */
export interface ModuleReference {
  readonly line: number;
  /** Undefined where it is computed at run time. */
  readonly specifier: string | undefined;
}

/** What the files of one area may import. Areas are tried in order: the first prefix that fits a file is its area. */
interface Area {
  readonly prefix: string;
  /** The areas of lib, beside its own, that it may import. */
  readonly mayImport: readonly string[];
  /** The packages that it may import, by their name without a subpath. */
  readonly packages: readonly string[];
}

const CDKTF = ["cdktf", "constructs"];
/** What of Node computes only: no files, no network, no processes. */
const NODE = ["node:crypto", "node:zlib"];
/** A provider package without a resource after it; @cdktf/provider-generator is a tool, not a provider. */
const PROVIDER_ROOT = /^@cdktf\/provider-(?!generator\b)[^/]+(\/(lib(\/index)?\/?)?)?$/;
const CLOUDS = ["alicloud", "aws", "opentelekomcloud"];

/** What `package.json` installs with the library. */
export interface Packages {
  readonly runtime: readonly string[];
}

function areas({ runtime }: Packages): Area[] {
  const pure = ["lib/core/", "lib/host/"];
  return [
    { prefix: "lib/index.ts", mayImport: pure, packages: [] },
    { prefix: "lib/core/", mayImport: [], packages: [...runtime, ...NODE] },
    { prefix: "lib/host/", mayImport: ["lib/core/"], packages: [...runtime, ...NODE] },
    { prefix: "lib/cdktf/", mayImport: pure, packages: [...runtime, ...CDKTF, ...NODE] },
    ...CLOUDS.flatMap((cloud) => [
      { prefix: `lib/${cloud}/bindings/`, mayImport: [], packages: CDKTF },
      {
        prefix: `lib/${cloud}/`,
        mayImport: [...pure, "lib/cdktf/", `lib/${cloud}/bindings/`],
        packages: [...runtime, ...CDKTF, ...NODE, `@cdktf/provider-${cloud}`],
      },
    ]),
  ];
}

/** Every broken direction of the tree, as `file:line: what is wrong`, sorted. */
export function findViolations(tree: SourceTree, packages: Packages): string[] {
  const all = areas(packages);
  const found: string[] = [];
  for (const [file, text] of tree) {
    const source = parse(file, text);
    for (const reference of referencesOf(source)) {
      const problem = problemOf(tree, all, file, reference);
      if (problem !== undefined) found.push(`${file}:${reference.line}: ${problem}`);
    }
    if (!file.startsWith("lib/") || isGenerated(file)) continue;
    if (posix.basename(file) === "index.ts") found.push(...implicitExports(source));
    found.push(...createdProviders(source));
  }
  return [...found, ...findCycles(tree)].sort();
}

function problemOf(
  tree: SourceTree,
  all: readonly Area[],
  file: string,
  { specifier }: ModuleReference,
): string | undefined {
  const ours = file.startsWith("lib/");
  if (specifier === undefined) return ours ? "imports a module that is computed at run time" : undefined;
  if (PROVIDER_ROOT.test(specifier)) return `imports the root of ${packageOf(specifier)}`;
  if (!ours) return undefined;

  const area = all.find(({ prefix }) => file.startsWith(prefix));
  if (area === undefined) return `belongs to no layer, and imports "${specifier}"`;
  if (!specifier.startsWith(".")) {
    return area.packages.includes(packageOf(specifier)) ? undefined : `${area.prefix} may not import "${specifier}"`;
  }
  const target = resolveRelative(tree, file, specifier);
  if (target === undefined) return `imports "${specifier}", which is no file`;
  const targetArea = all.find(({ prefix }) => target.startsWith(prefix))?.prefix;
  if (isGenerated(file) && posix.dirname(target) !== posix.dirname(file))
    return `${area.prefix} may not import ${target}`;
  if (targetArea === area.prefix || area.mayImport.some((allowed) => allowed === targetArea)) return undefined;
  return `${area.prefix} may not import ${target}`;
}

function isGenerated(file: string): boolean {
  return /^lib\/[^/]+\/bindings\//.test(file);
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

function resolveRelative(tree: SourceTree, file: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(file), specifier).replace(/\/$/, "");
  return [path, path.replace(/\.js$/, ".ts"), `${path}.ts`, `${path}/index.ts`].find((candidate) =>
    tree.has(candidate),
  );
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

/** Everything that a file imports, types included, in the order of the text. */
export function referencesOf(source: ts.SourceFile): ModuleReference[] {
  const found: ModuleReference[] = [];
  const add = (node: ts.Node, module: ts.Node | undefined): void => {
    const specifier = module !== undefined && ts.isStringLiteralLike(module) ? module.text : undefined;
    found.push({ line: lineOf(source, node), specifier });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) add(node, node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression);
    else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    } else if (ts.isCallExpression(node) && isImportCall(node)) add(node, node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  const callee = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(callee) && callee.text === "require";
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** An index.ts is a list of `export { A, B } from "./file"` and nothing else; `export {}` is the empty list. */
function implicitExports(source: ts.SourceFile): string[] {
  return source.statements
    .filter((statement) => {
      if (!ts.isExportDeclaration(statement)) return true;
      const clause = statement.exportClause;
      if (clause === undefined || !ts.isNamedExports(clause)) return true;
      return statement.moduleSpecifier === undefined && clause.elements.length > 0;
    })
    .map(
      (statement) =>
        `${source.fileName}:${lineOf(source, statement)}: an index.ts holds named exports from other files only`,
    );
}

/** `new SomethingProvider(...)` and `new SomethingBackend(...)`, under whatever name they were imported. */
function createdProviders(source: ts.SourceFile): string[] {
  const importedAs = new Map<string, string>();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) importedAs.set(node.name.text, (node.propertyName ?? node.name).text);
    if (ts.isNewExpression(node)) {
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      const name = ts.isIdentifier(callee) ? (importedAs.get(callee.text) ?? callee.text) : "";
      if (/(Provider|Backend)$/.test(name)) {
        found.push(`${source.fileName}:${lineOf(source, node)}: creates ${name}, which belongs to the user`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Cycles of imports in lib, each once, as `a.ts -> b.ts -> a.ts` from its first file by name. No cycle, no finding. */
function findCycles(tree: SourceTree): string[] {
  const graph = new Map<string, string[]>();
  for (const [file, text] of tree) {
    if (!file.startsWith("lib/") || isGenerated(file)) continue;
    const targets = referencesOf(parse(file, text)).map(({ specifier }) =>
      specifier?.startsWith(".") === true ? resolveRelative(tree, file, specifier) : undefined,
    );
    graph.set(file, [...new Set(targets.filter((target) => target !== undefined))].sort());
  }
  const cycles = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start !== -1) {
      const cycle = path.slice(start);
      const first = cycle.indexOf([...cycle].sort()[0] ?? file);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      cycles.add(`${turned[0] ?? file}:1: cycle of imports: ${[...turned, turned[0]].join(" -> ")}`);
      return;
    }
    if (done.has(file)) return;
    for (const target of graph.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of [...graph.keys()].sort()) walk(file, []);
  return [...cycles];
}
