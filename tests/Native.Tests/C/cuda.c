/*
 * A CUDA driver of the tests' own, as libcuda.so.1: with DEVICES 0 it has no device; with 1 it has one whose memory is the host's and whose kernels do
 * nothing, so that no answer of it can be right.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NO_DEVICE = 100 };

int cuInit(unsigned flags) { return flags == 0 && DEVICES > 0 ? 0 : NO_DEVICE; }
int cuGetErrorName(int code, const char** name) { *name = code == NO_DEVICE ? "NO_DEVICE" : "OTHER"; return 0; }
int cuGetErrorString(int code, const char** text) { *text = code == NO_DEVICE ? "no device of the tests" : "another error"; return 0; }
int cuDeviceGetCount(int* count) { *count = DEVICES; return 0; }
int cuDeviceGet(int* device, int index) { *device = index; return 0; }
int cuDeviceGetName(char* name, int room, int device) { (void)device; strncpy(name, "A device of the tests", (size_t)room); return 0; }
int cuDeviceGetAttribute(int* value, int attribute, int device) { (void)attribute; (void)device; *value = 4; return 0; }
int cuDevicePrimaryCtxRetain(void** context, int device) { (void)device; *context = malloc(1); return 0; }
int cuDevicePrimaryCtxRelease_v2(int device) { (void)device; return 0; }
int cuCtxPushCurrent_v2(void* context) { (void)context; return 0; }
int cuCtxPopCurrent_v2(void** context) { *context = NULL; return 0; }
int cuModuleLoadDataEx(void** module, const char* text, unsigned count, int* options, void** values)
{
    (void)count; (void)options; (void)values;
    *module = malloc(1);
    return strstr(text, ".entry") ? 0 : 1;
}
int cuModuleUnload(void* module) { free(module); return 0; }
int cuModuleGetFunction(void** function, void* module, const char* name) { (void)module; (void)name; *function = NULL; return 0; }
int cuMemAlloc_v2(uint64_t* address, size_t bytes) { *address = (uint64_t)(uintptr_t)calloc(1, bytes); return 0; }
int cuMemFree_v2(uint64_t address) { free((void*)(uintptr_t)address); return 0; }
int cuMemHostAlloc(void** address, size_t bytes, unsigned flags) { (void)flags; *address = calloc(1, bytes); return 0; }
int cuMemFreeHost(void* address) { free(address); return 0; }
int cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, void* stream) { (void)stream; memcpy((void*)(uintptr_t)to, from, bytes); return 0; }
int cuMemHostGetDevicePointer_v2(uint64_t* device, void* address, unsigned flags) { (void)flags; *device = (uint64_t)(uintptr_t)address; return 0; }
int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void* stream) { (void)stream; memcpy((void*)(uintptr_t)to, (void*)(uintptr_t)from, bytes); return 0; }
int cuMemsetD8Async(uint64_t to, unsigned char value, size_t bytes, void* stream) { (void)stream; memset((void*)(uintptr_t)to, value, bytes); return 0; }
int cuStreamCreate(void** stream, unsigned flags) { (void)flags; *stream = malloc(1); return 0; }
int cuStreamSynchronize(void* stream) { (void)stream; return 0; }
int cuStreamDestroy_v2(void* stream) { free(stream); return 0; }
int cuLaunchKernel(void* function, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned threadsY, unsigned threadsZ, unsigned shared, void* stream, void** parameters, void** extra)
{
    (void)function; (void)x; (void)y; (void)z; (void)threads; (void)threadsY; (void)threadsZ; (void)shared; (void)stream; (void)parameters; (void)extra;
    return 0;
}
