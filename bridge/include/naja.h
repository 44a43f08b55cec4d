/* The native ABI of naja, written by build.rs from bridge/src/abi.rs and bridge/frame/src/tag.rs. */

#ifndef NAJA_H
#define NAJA_H

#include <jni.h>

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
  NAJA_ARRAY_KIND_BOOLEAN = 0,
  NAJA_ARRAY_KIND_CHAR = 1,
  NAJA_ARRAY_KIND_SHORT = 2,
  NAJA_ARRAY_KIND_INT = 3,
  NAJA_ARRAY_KIND_LONG = 4,
  NAJA_ARRAY_KIND_FLOAT = 5,
  NAJA_ARRAY_KIND_DOUBLE = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum NajaArrayKind NajaArrayKind;
#else
typedef uint8_t NajaArrayKind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

#endif  /* NAJA_H */
