# FIRSTFRAME_SANITIZE=address,undefined or thread: build everything of ours under these sanitizers.
set(FIRSTFRAME_SANITIZE "" CACHE STRING "Sanitizers, comma-separated, as -fsanitize= takes them")
if(FIRSTFRAME_SANITIZE)
  add_compile_options(-fsanitize=${FIRSTFRAME_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FIRSTFRAME_SANITIZE})
endif()
