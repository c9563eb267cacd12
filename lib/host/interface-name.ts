/** What the kernel takes as the name of an interface, less what a shell or a rule could misread. */
export const INTERFACE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/;
