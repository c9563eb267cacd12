/**
 * The public API as the compiler sees it: read from the declarations (.d.ts) that lib compiles to, in memory, because
 * there every type is written out and nothing private is left.
 */
import { posix } from "node:path";
import ts from "typescript";

/** Path relative to the repository, with forward slashes, to the text of the file. */
export type SourceTree = ReadonlyMap<string, string>;

/** What one entry of the package exports. */
export interface ApiEntry {
  /** For example `cdktf-nat/alicloud`. */
  readonly name: string;
  /** For example `lib/alicloud/index.ts`. */
  readonly file: string;
}

/** The exported API and what is wrong with it; each list sorted. */
export interface ApiReport {
  /** One line a name, its own public members indented below it; `?` optional, `()` method, `static`. */
  readonly names: string;
  /** Exported names and public members without a docstring, as `entry: Name.member`. */
  readonly undocumented: readonly string[];
  /** Generated or provider classes in a signature, as `entry: Name.member: Class`. */
  readonly generated: readonly string[];
  /** Types of lib in a signature that no entry exports, as `entry: Name.member: Type`; a `typeof value` is none. */
  readonly unexported: readonly string[];
}

/** The one provider class that an entry may export (DESIGN, direction 4). */
const ALLOWED = "AlicloudProvider";

/** Reads the API of `entries`. `overlay` holds files instead of, or beside, those of `root`. */
export function readApi(root: string, entries: readonly ApiEntry[], overlay: SourceTree = new Map()): ApiReport {
  const program = declarationsOf(root, entries, overlay);
  const checker = program.getTypeChecker();
  const inLib = (node: ts.Node): boolean =>
    /^lib\/(?!.*\bbindings\/)/.test(relative(root, node.getSourceFile().fileName));
  const isGenerated = (node: ts.Node): boolean =>
    /^lib\/[^/]+\/bindings\/|\/@cdktf\/provider-/.test(relative(root, node.getSourceFile().fileName));
  const resolved = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isDocumented = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checker).length > 0;

  const exported = new Map<ApiEntry, ts.Symbol[]>();
  for (const entry of entries) {
    const source = program.getSourceFile(posix.join(root, declarationPath(entry.file)));
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
    exported.set(entry, symbols.sort(byName));
  }
  const everywhere = new Set([...exported.values()].flat().map(resolved));

  const names: string[] = [];
  const undocumented: string[] = [];
  const generated = new Set<string>();
  const unexported = new Set<string>();
  for (const [entry, symbols] of exported) {
    names.push(entry.name);
    for (const alias of symbols) {
      const symbol = resolved(alias);
      const declarations = symbol.declarations ?? [];
      names.push([`  ${kindOf(symbol)} ${alias.name}`, ...heritage(declarations)].join(" "));
      if (declarations.some(isGenerated)) {
        if (alias.name !== ALLOWED) generated.add(`${entry.name}: ${alias.name}: ${symbol.name}`);
        continue;
      }
      if (!isDocumented(symbol)) undocumented.push(`${entry.name}: ${alias.name}`);
      for (const member of publicMembers(symbol)) {
        names.push(`    ${describeMember(member)}`);
        if (!isDocumented(member.symbol)) undocumented.push(`${entry.name}: ${alias.name}.${member.symbol.name}`);
      }
      for (const { where, used, isValue } of mentions(declarations)) {
        const target = resolved(used);
        const at = `${entry.name}: ${[alias.name, ...where].join(".")}: ${target.name}`;
        const targets = (target.declarations ?? []).filter((node) => !ts.isTypeParameterDeclaration(node));
        if (targets.some(isGenerated) && target.name !== ALLOWED) generated.add(at);
        else if (isValue || everywhere.has(target)) continue;
        else if (targets.some((node) => inLib(node) && isTopLevel(node))) unexported.add(at);
      }
    }
  }
  return {
    names: `${names.join("\n")}\n`,
    undocumented: undocumented.sort(),
    generated: [...generated].sort(),
    unexported: [...unexported].sort(),
  };

  /** Every named type in the public part of declarations, with the names of the members that it stands in. */
  function mentions(declarations: readonly ts.Node[]): { where: string[]; used: ts.Symbol; isValue: boolean }[] {
    const found: ReturnType<typeof mentions> = [];
    const visit = (node: ts.Node, where: string[]): void => {
      if (isHidden(node)) return;
      const name = typeName(node);
      const used = name && checker.getSymbolAtLocation(name);
      if (used) found.push({ where, used, isValue: ts.isTypeQueryNode(node) });
      const inside = isMember(node) ? [...where, memberName(node)] : where;
      ts.forEachChild(node, (child) => visit(child, inside));
    };
    for (const declaration of declarations) visit(declaration, []);
    return found;
  }
}

type Member = ts.ClassElement | ts.TypeElement;

function publicMembers(symbol: ts.Symbol): { symbol: ts.Symbol; nodes: readonly Member[]; isStatic: boolean }[] {
  const of = (table: ts.SymbolTable | undefined, isStatic: boolean) =>
    [...(table?.values() ?? [])].flatMap((member) => {
      const nodes = (member.declarations ?? []).filter(isMember).filter((node) => !isHidden(node));
      return nodes.length === 0 ? [] : [{ symbol: member, nodes, isStatic }];
    });
  const isNominal = (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
  if (!isNominal) return [];
  const statics = symbol.flags & ts.SymbolFlags.Class ? of(symbol.exports, true) : [];
  return [...statics, ...of(symbol.members, false)].sort((a, b) =>
    a.isStatic === b.isStatic ? byName(a.symbol, b.symbol) : a.isStatic ? -1 : 1,
  );
}

function isMember(node: ts.Node): node is Member {
  return (
    (ts.isClassElement(node) || ts.isTypeElement(node)) &&
    !ts.isConstructorDeclaration(node) &&
    !ts.isConstructSignatureDeclaration(node)
  );
}

/** Private, protected and `#private` members: the user cannot see them. */
function isHidden(node: ts.Node): boolean {
  if (!ts.isClassElement(node)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.getCombinedModifierFlags(node) & hidden) return true;
  return node.name !== undefined && ts.isPrivateIdentifier(node.name);
}

function memberName(node: Member): string {
  return node.name && "text" in node.name ? node.name.text : "[...]";
}

/** The name in a use of a type: `A`, `x.A`, `extends A`, `typeof a`, `import("x").A`. */
function typeName(node: ts.Node): ts.Node | undefined {
  const rightmost = (name: ts.EntityName): ts.Node => (ts.isQualifiedName(name) ? name.right : name);
  if (ts.isTypeReferenceNode(node)) return rightmost(node.typeName);
  if (ts.isTypeQueryNode(node)) return ts.isImportTypeNode(node.exprName) ? undefined : rightmost(node.exprName);
  if (ts.isImportTypeNode(node)) return node.qualifier && rightmost(node.qualifier);
  if (!ts.isExpressionWithTypeArguments(node)) return undefined;
  return ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
}

/** Declared in a module itself, not inside another declaration. */
function isTopLevel(node: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(statement.parent);
}

function describeMember({
  symbol,
  nodes,
  isStatic,
}: {
  symbol: ts.Symbol;
  nodes: readonly Member[];
  isStatic: boolean;
}): string {
  const isMethod = nodes.some((node) => ts.isMethodDeclaration(node) || ts.isMethodSignature(node));
  const optional = symbol.flags & ts.SymbolFlags.Optional ? "?" : "";
  return `${isStatic ? "static " : ""}${symbol.name}${optional}${isMethod ? "()" : ""}`;
}

/** `extends A` and `implements B, C`, as written. */
function heritage(declarations: readonly ts.Node[]): string[] {
  return declarations
    .filter((node) => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node))
    .flatMap((node) => (node.heritageClauses ?? []).map((clause) => clause.getText()));
}

function kindOf({ flags }: ts.Symbol): string {
  if (flags & ts.SymbolFlags.Class) return "class";
  if (flags & ts.SymbolFlags.Interface) return "interface";
  if (flags & ts.SymbolFlags.TypeAlias) return "type";
  if (flags & ts.SymbolFlags.Function) return "function";
  return "const";
}

function byName(a: ts.Symbol, b: ts.Symbol): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function relative(root: string, path: string): string {
  return posix.relative(root, path);
}

function declarationPath(path: string): string {
  return path.replace(/\.ts$/, ".d.ts");
}

/** Compiles lib to declarations in memory, and gives a program that sees those in place of the sources. */
function declarationsOf(root: string, entries: readonly ApiEntry[], overlay: SourceTree): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
  };
  const parsed = new Map<string, ts.SourceFile>();
  const given = new Map([...overlay].map(([path, text]) => [posix.join(root, path), text]));
  const host = hostWith(root, options, parsed, given, () => false);
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => posix.join(root, file)), options, host });
  const declarations = new Map(given);
  program.emit(undefined, (path, text) => declarations.set(path, text), undefined, true);
  const replaced = (path: string): boolean => declarations.has(declarationPath(path)) && !path.endsWith(".d.ts");
  return ts.createProgram({
    rootNames: entries.map(({ file }) => posix.join(root, declarationPath(file))),
    options: { ...options, noEmit: true },
    host: hostWith(root, options, parsed, declarations, replaced),
  });
}

function hostWith(
  root: string,
  options: ts.CompilerOptions,
  parsed: Map<string, ts.SourceFile>,
  given: ReadonlyMap<string, string>,
  isHiddenFile: (path: string) => boolean,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const folders = new Set([...given.keys()].flatMap((path) => parentsOf(path)));
  return {
    ...host,
    getCurrentDirectory: () => root,
    fileExists: (path) => !isHiddenFile(path) && (given.has(path) || host.fileExists(path)),
    readFile: (path) => given.get(path) ?? host.readFile(path),
    directoryExists: (path) => folders.has(path) || (host.directoryExists?.(path) ?? true),
    getSourceFile: (path, ...rest) => {
      const text = given.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
      const known = parsed.get(path) ?? host.getSourceFile(path, ...rest);
      if (known !== undefined) parsed.set(path, known);
      return known;
    },
  };
}

function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === path ? [] : [parent, ...parentsOf(parent)];
}
