# Small helpers so that the CMakeLists of a folder says only what is in it.

add_library(firstframe_warnings INTERFACE)
target_compile_options(firstframe_warnings INTERFACE -Wall -Wextra)
if(FIRSTFRAME_WERROR)
  target_compile_options(firstframe_warnings INTERFACE -Werror)
endif()

# firstframe_sources(TARGET [TORCH] FILE...): adds the files of one folder to a library.
# Files that include torch/ say TORCH and share one precompiled header; the others are spared it.
function(firstframe_sources target)
  cmake_parse_arguments(arg "TORCH" "" "" ${ARGN})
  list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  target_sources(${target} PRIVATE ${arg_UNPARSED_ARGUMENTS})
  if(NOT arg_TORCH)
    set_source_files_properties(${arg_UNPARSED_ARGUMENTS} TARGET_DIRECTORY ${target}
      PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()
