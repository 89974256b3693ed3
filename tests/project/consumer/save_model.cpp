#include "core/restorers/restorer.h"
#include "io/model/model_file.h"

void save_model(const firstframe::Restorer& restorer) {
  firstframe::write_model("model.safetensors", restorer.model());
}
