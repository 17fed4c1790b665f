import { quoted } from "#engine/candles"

type Failure = (name: string) => string

// What the system says of a file by a code, and what it means to a person.
const failures: Record<string, Failure> = {
  ENOENT: (name) => `There is no file ${name}.`,
  ENOTDIR: (name) => `There is no file ${name}: a part of its path is a file and not a folder.`,
  EEXIST: (name) => `${name} is a file and not a folder.`,
  EISDIR: (name) => `${name} is a folder; name a file in it.`,
  EACCES: (name) => `${name} may not be opened by you.`,
  EPERM: (name) => `${name} may not be opened by you.`,
  EROFS: (name) => `${name} lies on a disk that can only be read.`,
  ELOOP: (name) => `${name} is a link that leads in a circle.`,
  ENAMETOOLONG: (name) => `The name ${name} is longer than a disk takes.`,
  EIO: (name) => `The disk cannot read or write ${name}; it may be damaged or gone.`,
  ENOSPC: (name) => `The disk is full, so ${name} cannot be written.`,
  EDQUOT: (name) => `Your share of the disk is full, so ${name} cannot be written.`,
  EFBIG: (name) => `${name} would be larger than the disk takes.`,
  EMFILE: (name) => `Too many files are open, so ${name} cannot be opened; close some, or raise the limit (ulimit -n).`,
  ENFILE: (name) => `The computer has too many files open, so ${name} cannot be opened; close some programs.`,
  EBUSY: (name) => `${name} is in use by something else; try again when that has ended.`,
  ETXTBSY: (name) => `${name} is a program that runs just now.`,
  ENXIO: (name) => `Nobody is at the other end of ${name}.`,
  ENODEV: (name) => `${name} is a device that is not there.`,
  EINVAL: (name) => `${name} cannot be used as a file.`,
  EPIPE: (name) => `Nobody reads ${name} any more.`,
  EAGAIN: (name) => `${name} has nothing to give just now.`,
  ESTALE: (name) => `${name} is on a network disk that has gone; open it again.`,
  ERR_INVALID_ARG_VALUE: (name) => `${name} is no file's name.`,
}

/** The sentence for what the system refused of a file; undefined for anything else that was thrown. */
export function diskFailure(error: unknown, file: string): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === "string" && Object.hasOwn(failures, code) ? failures[code](quoted(file, 200)) : undefined
}
