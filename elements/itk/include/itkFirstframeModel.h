#ifndef itkFirstframeModel_h
#define itkFirstframeModel_h

#include <memory>
#include <string>

#include "FirstframeExport.h"
#include "core/restorers/restorer.h"
#include "itkDataObject.h"
#include "itkObjectFactory.h"

namespace itk {

/** \class FirstframeModel
 * \brief A trained restorer as a data object, so that it flows through a pipeline as an image does.
 *
 * FirstframeTrainFilter and FirstframeModelReader make one, FirstframeRestoreImageFilter takes it as its input "Model".
 * What it holds never changes in place: it is swapped whole, and may be shared by any number of filters and threads.
 *
 * \ingroup Firstframe
 */
class Firstframe_EXPORT FirstframeModel : public DataObject {
 public:
  ITK_DISALLOW_COPY_AND_MOVE(FirstframeModel);

  using Self = FirstframeModel;
  using Superclass = DataObject;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;
  using RestorerPointer = std::shared_ptr<const firstframe::Restorer>;

  itkNewMacro(Self);
  itkTypeMacro(FirstframeModel, DataObject);

  /** The restorer; empty until a source has made it. Setting another one modifies the object. */
  void SetRestorer(RestorerPointer restorer);
  const RestorerPointer& GetRestorer() const { return m_Restorer; }

  /** The restorer, which must be there. \exception ExceptionObject when the model is empty */
  const firstframe::Restorer& GetTrained() const;

  /** Writes a model file, which the command and the GStreamer element read as well.
   * \exception ExceptionObject when the model is empty or the file cannot be written */
  void WriteModel(const std::string& fileName) const;

  /** Empties the object. */
  void Initialize() override;

  /** Takes the restorer of another model, without a copy. */
  void Graft(const DataObject* data) override;

 protected:
  FirstframeModel() = default;
  ~FirstframeModel() override = default;

  void PrintSelf(std::ostream& os, Indent indent) const override;

 private:
  RestorerPointer m_Restorer;
};

}  // namespace itk

#endif
