/** Stands in for the module "vscode", which exists only in the editor. Tests change `state` and read `seen`. */

type Listener<T> = (event: T) => unknown;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  constructor(private readonly end: () => unknown) {}
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) {
        one.dispose();
      }
    });
  }
  dispose(): void {
    this.end();
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}
  static from({ scheme, path }: { scheme: string; path: string }): Uri {
    return new Uri(scheme, path);
  }
  static file(path: string): Uri {
    return new Uri("file", path);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}:${this.path}`;
  }
}

export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const ViewColumn = { Beside: -2 };

interface Message {
  text: string;
  choices: string[];
}

const fresh = (): {
  settings: Record<string, unknown>;
  trusted: boolean;
  folders: string[];
  extensions: Record<string, { activate: () => Promise<unknown> }>;
  /** What the user clicks in the next messages. */
  clicks: (string | undefined)[];
  diagnostics: unknown[];
  editor: unknown;
  input: string | undefined;
} => ({
  settings: {},
  trusted: true,
  folders: [],
  extensions: {},
  clicks: [],
  diagnostics: [],
  editor: undefined,
  input: undefined,
});

export let state = fresh();
export let seen = { messages: [] as Message[], executed: [] as unknown[][], clipboard: "", opened: [] as Uri[] };
export const registered = new Map<string, (...args: unknown[]) => unknown>();
export const providers = new Map<string, { provideTextDocumentContent(uri: Uri): string }>();
export const events = {
  trust: new EventEmitter<undefined>(),
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  closed: new EventEmitter<{ uri: Uri }>(),
};

/** Forgets everything. */
export function reset(): void {
  state = fresh();
  seen = { messages: [], executed: [], clipboard: "", opened: [] };
  registered.clear();
  providers.clear();
  for (const emitter of Object.values(events)) {
    emitter.dispose();
  }
}

function message(text: string, ...choices: string[]): Promise<string | undefined> {
  seen.messages.push({ text, choices });
  return Promise.resolve(state.clicks.shift());
}

export const window = {
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showInputBox: () => Promise.resolve(state.input),
  showQuickPick: (items: string[]) => Promise.resolve(items.find((item) => item === state.input)),
  showTextDocument: ({ uri }: { uri: Uri }) => {
    seen.opened.push(uri);
    return Promise.resolve();
  },
  createOutputChannel: () => channel(),
  get activeTextEditor() {
    return state.editor;
  },
};

export const workspace = {
  get isTrusted() {
    return state.trusted;
  },
  get workspaceFolders() {
    return state.folders.map((folder) => ({ uri: Uri.file(folder) }));
  },
  getConfiguration: (section: string) => ({
    get: (key: string, otherwise: unknown) => state.settings[`${section}.${key}`] ?? otherwise,
  }),
  onDidGrantWorkspaceTrust: events.trust.event,
  onDidChangeConfiguration: events.configuration.event,
  onDidCloseTextDocument: events.closed.event,
  openTextDocument: (uri: Uri) => Promise.resolve({ uri }),
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { provideTextDocumentContent(uri: Uri): string },
  ) => {
    providers.set(scheme, provider);
    return new Disposable(() => providers.delete(scheme));
  },
};

export const commands = {
  registerCommand: (name: string, run: (...args: unknown[]) => unknown) => {
    registered.set(name, run);
    return new Disposable(() => registered.delete(name));
  },
  executeCommand: (...call: unknown[]) => {
    seen.executed.push(call);
    return Promise.resolve();
  },
};

export const languages = {
  createLanguageStatusItem: () => ({ dispose: () => undefined }),
  getDiagnostics: () => state.diagnostics,
};

export const env = {
  clipboard: {
    writeText: (text: string) => {
      seen.clipboard = text;
      return Promise.resolve();
    },
  },
};

export const extensions = { getExtension: (id: string) => state.extensions[id] };

/** Returns an output channel that keeps nothing. */
export function channel(): Record<"info" | "warn" | "error" | "show" | "dispose", () => void> {
  const nothing = (): void => undefined;
  return { info: nothing, warn: nothing, error: nothing, show: nothing, dispose: nothing };
}
