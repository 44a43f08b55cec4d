/* The native ABI of naja, written by build.rs from bridge/src/abi.rs and bridge/frame/src/tag.rs. */

#ifndef NAJA_H
#define NAJA_H

#include <jni.h>
#include <stdint.h>

enum NajaTag
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint8_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  NAJA_TAG_NULL = 0,
  NAJA_TAG_FALSE = 1,
  NAJA_TAG_TRUE = 2,
  NAJA_TAG_I64 = 3,
  NAJA_TAG_F64 = 4,
  NAJA_TAG_BIG_INT = 5,
  NAJA_TAG_LATIN1 = 6,
  NAJA_TAG_UTF8 = 7,
  NAJA_TAG_UTF16 = 8,
  NAJA_TAG_BYTES = 9,
  NAJA_TAG_DECIMAL = 10,
  NAJA_TAG_UUID = 11,
  NAJA_TAG_DATE = 12,
  NAJA_TAG_TIME = 13,
  NAJA_TAG_OFFSET_TIME = 14,
  NAJA_TAG_DATE_TIME = 15,
  NAJA_TAG_OFFSET_DATE_TIME = 16,
  NAJA_TAG_ZONED_DATE_TIME = 17,
  NAJA_TAG_DURATION = 18,
  NAJA_TAG_LIST = 19,
  NAJA_TAG_TUPLE = 20,
  NAJA_TAG_SET = 21,
  NAJA_TAG_FROZEN_SET = 22,
  NAJA_TAG_MAP = 23,
  NAJA_TAG_NAMED = 24,
  NAJA_TAG_ENUM = 25,
  NAJA_TAG_HANDLE = 26,
  NAJA_TAG_OBJECT = 27,
  NAJA_TAG_BYTE_ARRAY = 28,
  NAJA_TAG_ARRAY = 29,
  NAJA_TAG_ITERATOR = 30,
  NAJA_TAG_ROWS = 31,
  NAJA_TAG_ND_ARRAY = 32,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum NajaTag NajaTag;
#else
typedef uint8_t NajaTag;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

enum NajaArrayKind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint8_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  NAJA_ARRAY_KIND_BOOLEANS = 0,
  NAJA_ARRAY_KIND_CHARS = 1,
  NAJA_ARRAY_KIND_SHORTS = 2,
  NAJA_ARRAY_KIND_INTS = 3,
  NAJA_ARRAY_KIND_LONGS = 4,
  NAJA_ARRAY_KIND_FLOATS = 5,
  NAJA_ARRAY_KIND_DOUBLES = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum NajaArrayKind NajaArrayKind;
#else
typedef uint8_t NajaArrayKind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

JNIEXPORT jint JNI_OnLoad(JavaVM *vm, void *_reserved);

JNIEXPORT void JNI_OnUnload(JavaVM *_vm, void *_reserved);

JNIEXPORT
void Java_dev_naja_internal_Native_start(JNIEnv *env,
                                         jclass _class,
                                         jclass upcalls_class,
                                         jstring executable,
                                         jint minor);

JNIEXPORT
jdouble Java_dev_naja_internal_Native_callDouble(JNIEnv *env,
                                                 jclass _class,
                                                 jlong callable,
                                                 jdouble argument);

JNIEXPORT
jlong Java_dev_naja_internal_Native_callLong(JNIEnv *env,
                                             jclass _class,
                                             jlong callable,
                                             jlong argument);

JNIEXPORT
jlong Java_dev_naja_internal_Native_call(JNIEnv *env,
                                         jclass _class,
                                         jlong callable,
                                         jlong frame,
                                         jint length,
                                         jint capacity,
                                         jobjectArray objects,
                                         jint count,
                                         jint named,
                                         jint want,
                                         jlong deadline);

JNIEXPORT
jlong Java_dev_naja_internal_Native_operate(JNIEnv *env,
                                            jclass _class,
                                            jint operation,
                                            jlong object,
                                            jlong frame,
                                            jint length,
                                            jint capacity,
                                            jobjectArray objects,
                                            jint want);

JNIEXPORT void Java_dev_naja_internal_Native_chooseArrays(JNIEnv *env, jclass _class, jint form);

JNIEXPORT
jlong Java_dev_naja_internal_Native_half(JNIEnv *env,
                                         jclass _class,
                                         jstring module,
                                         jstring attribute);

JNIEXPORT void Java_dev_naja_internal_Native_release(JNIEnv *env, jclass _class, jlong handle);

JNIEXPORT void Java_dev_naja_internal_Native_drain(JNIEnv *env, jclass _class);

JNIEXPORT void Java_dev_naja_internal_Native_beginSession(JNIEnv *env, jclass _class);

JNIEXPORT void Java_dev_naja_internal_Native_endSession(JNIEnv *env, jclass _class);

JNIEXPORT jlong Java_dev_naja_internal_Native_address(JNIEnv *env, jclass _class, jobject buffer);

JNIEXPORT
jboolean Java_dev_naja_internal_Native_hasArena(JNIEnv *env,
                                                jclass _class,
                                                jobject buffer);

JNIEXPORT jlong Java_dev_naja_internal_Native_keepOpen(JNIEnv *env, jclass _class, jobject buffer);

JNIEXPORT
jobject Java_dev_naja_internal_Native_view(JNIEnv *env,
                                           jclass _class,
                                           jlong address,
                                           jlong size);

JNIEXPORT
void Java_dev_naja_internal_Native_free(JNIEnv *env,
                                        jclass _class,
                                        jlong address,
                                        jlong size);

JNIEXPORT jlong Java_dev_naja_internal_Native_liveHandles(JNIEnv *env, jclass _class);

JNIEXPORT void Java_dev_naja_internal_Native_panic(JNIEnv *env, jclass _class, jstring message);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* NAJA_H */
