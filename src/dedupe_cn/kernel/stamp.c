/* By what the loader knows that this library and the Python around it belong together. */
#include "kernel.h"

#ifndef KERNEL_STAMP
#error "hatch_build.py gives KERNEL_STAMP and KERNEL_SOURCES"
#endif

/* The checksum of the table of functions in interface.py. */
EXPORT int64_t kernel_stamp(void) { return (int64_t)KERNEL_STAMP; }

/* The checksum of the C files. */
EXPORT int64_t kernel_sources(void) { return (int64_t)KERNEL_SOURCES; }
