import { quoted } from "#engine/candles"

type Failure = (name: string) => string

// The system's error codes for a file, and what they mean to a person.
const failures: Record<string, Failure> = {
  ENOENT: (name) => `There is no file ${name}.`,
  ENOTDIR: (name) => `There is no file ${name}: a part of its path is a file and not a folder.`,
  EEXIST: (name) => `${name} is a file and not a folder.`,
  EISDIR: (name) => `${name} is a folder; name a file in it.`,
  EACCES: (name) => `${name} cannot be opened: you have no permission.`,
  EPERM: (name) => `${name} cannot be opened: you have no permission.`,
  EROFS: (name) => `${name} is on a read-only disk.`,
  ELOOP: (name) => `${name} is a link that leads back to itself.`,
  ENAMETOOLONG: (name) => `The name ${name} is too long for the disk.`,
  EIO: (name) => `The disk cannot read or write ${name}; it may be damaged or gone.`,
  ENOSPC: (name) => `The disk is full, so ${name} cannot be written.`,
  EDQUOT: (name) => `Your share of the disk is full, so ${name} cannot be written.`,
  EFBIG: (name) => `${name} would be too large for the disk.`,
  EMFILE: (name) => `Too many files are open, so ${name} cannot be opened; close some, or raise the limit (ulimit -n).`,
  ENFILE: (name) => `The computer has too many files open, so ${name} cannot be opened; close some programs.`,
  EBUSY: (name) => `${name} is in use by another program; try again later.`,
  ETXTBSY: (name) => `${name} is a program that is running.`,
  ENXIO: (name) => `No program reads ${name}.`,
  ENODEV: (name) => `${name} is a device that is not there.`,
  EBADF: (name) => `${name} cannot be written: its output is closed, or only open for reading.`,
  EINVAL: (name) => `${name} cannot be used as a file.`,
  EPIPE: (name) => `The program that read ${name} has stopped.`,
  EAGAIN: (name) => `${name} has no data right now.`,
  ESTALE: (name) => `${name} is on a network disk that is gone; connect it again.`,
  ERR_INVALID_ARG_VALUE: (name) => `${name} is not a valid file name.`,
}

/** The sentence for what the system refused about a file; undefined for any other error. */
export function diskFailure(error: unknown, file: string): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === "string" && Object.hasOwn(failures, code) ? failures[code](quoted(file, 200)) : undefined
}
