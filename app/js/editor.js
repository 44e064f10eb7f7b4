// The code editor as a module of its own, loaded when the code pane opens.
export {};
